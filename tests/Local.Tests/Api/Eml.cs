using System.Text;
using System.Text.RegularExpressions;

namespace Dunning.Local.Tests.Api;

/// <summary>Reads an .eml as a mail program does: unfolded headers, encoded words, quoted-printable.</summary>
public sealed partial class Eml
{
    private readonly List<(string Name, string Value)> _headers = [];

    private Eml(string text)
    {
        var parts = text.Split("\r\n\r\n", 2);
        foreach (var line in Folding().Replace(parts[0], " ").Split("\r\n"))
            _headers.Add((line[..line.IndexOf(':', StringComparison.Ordinal)], Decode(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())));
        Body = parts[1];
        if (this["Content-Type"]!.StartsWith("multipart/", StringComparison.Ordinal))
            Body = Encoding.UTF8.GetString(Unquote(FirstText(Body).Replace("=\r\n", "", StringComparison.Ordinal)));
        else if (this["Content-Transfer-Encoding"] == "quoted-printable")
            Body = Encoding.UTF8.GetString(Unquote(Body.Replace("=\r\n", "", StringComparison.Ordinal)));
        else if (this["Content-Transfer-Encoding"] == "base64")
            Body = Encoding.UTF8.GetString(Convert.FromBase64String(Body));
    }

    /// <summary>The plain text, of a message in several parts too.</summary>
    public string Body { get; }

    public string? this[string name] => _headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).SingleOrDefault();

    public IEnumerable<string> Names => _headers.Select(h => h.Name);

    public static Eml Read(string path) => new(File.ReadAllText(path, new UTF8Encoding(false, true)));

    private static string FirstText(string parts)
    {
        var content = parts[parts.IndexOf("Content-Type: text/plain", StringComparison.Ordinal)..].Split("\r\n\r\n", 2)[1];
        return content[..content.IndexOf("\r\n--=_", StringComparison.Ordinal)];
    }

    private static string Decode(string value) => Word().Replace(Between().Replace(value, "$1$2"), m => Encoding.UTF8.GetString(
        m.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(m.Groups[2].Value) : Unquote(m.Groups[2].Value.Replace('_', ' '))));

    private static byte[] Unquote(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
                continue;
            }
            bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
            i += 2;
        }
        return [.. bytes];
    }

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"=\?utf-8\?([bqBQ])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"(\?=) +(=\?)")]
    private static partial Regex Between();
}
