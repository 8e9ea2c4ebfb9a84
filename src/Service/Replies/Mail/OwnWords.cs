using System.Text.RegularExpressions;

namespace Dunning.Service.Replies.Mail;

/// <summary>What somebody wrote, without the messages they answer: quoted lines, and all that follows the line mail programs put above them.</summary>
public static partial class OwnWords
{
    private const int MostLines = 2000;
    private const int LongestLine = 1000;

    public static string Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Take(MostLines).Select(l => (l.Length > LongestLine ? l[..LongestLine] : l).TrimEnd()).ToList();
        var kept = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith('>'))
                continue;
            var above = Above(lines, i);
            if (above > 0 && kept.Exists(l => l.Length > 0))
                break;
            // Who answers below goes on after the quotation.
            if (above > 0)
                i += above - 1;
            else
                kept.Add(lines[i]);
        }
        return EmptyLines().Replace(string.Join('\n', kept), "\n\n").Trim();
    }

    // How many lines, from here on, announce a quotation.
    private static int Above(List<string> lines, int at)
    {
        if (Divider().IsMatch(lines[at]))
            return 1;
        for (var more = 0; more < 3 && at + more < lines.Count; more++)
            if (Wrote().IsMatch(string.Join(' ', lines.Skip(at).Take(more + 1))))
                return more + 1;
        return From().IsMatch(lines[at]) && lines.Skip(at + 1).Take(3).Any(l => Sent().IsMatch(l)) ? 1 : 0;
    }

    [GeneratedRegex(@"^\s*(-{2,}\s*(Original Message|Forwarded message|Message d[’']origine|Message original|Message transféré|Oorspronkelijk bericht|Doorgestuurd bericht|Ursprüngliche Nachricht)\s*-{2,}|_{20,})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s*(Le|On|Op|Am|El|Il)\s.{6,300}(a écrit|wrote|schreef|schrieb|escribió|ha scritto).{0,120}:\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^\s*\*?(De|From|Van|Von)\s*:\*?\s*\S", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex From();

    [GeneratedRegex(@"^\s*\*?(Envoyé|Envoyé le|Sent|Verzonden|Gesendet|Date|Datum)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sent();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex EmptyLines();
}
