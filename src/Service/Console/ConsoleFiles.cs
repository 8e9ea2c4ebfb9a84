using System.Collections.Frozen;

namespace Dunning.Service.Console;

/// <summary>The few files pages need, from the program itself.</summary>
internal static class ConsoleFiles
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string> { ["console.css"] = "text/css; charset=utf-8", ["casework.css"] = "text/css; charset=utf-8", ["console.js"] = "text/javascript; charset=utf-8" }.ToFrozenDictionary(StringComparer.Ordinal);

    public static (byte[] Bytes, string ContentType)? Find(string name)
    {
        if (!Types.TryGetValue(name, out var type))
            return null;
        using var stream = typeof(ConsoleFiles).Assembly.GetManifestResourceStream($"console/{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, type);
    }
}
