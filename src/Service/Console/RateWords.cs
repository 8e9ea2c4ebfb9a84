using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Domain;
using Dunning.Service.Rendering;

namespace Dunning.Service.Console;

/// <summary>What a rate of interest rests on, in words: <see cref="AppliedRate.Basis"/> as people read it. Articles of law are quoted as they are.</summary>
public static partial class RateWords
{
    private static readonly Dictionary<string, string> French = new(StringComparer.Ordinal)
    {
        ["contractual rate"] = "taux contractuel",
        ["ECB rate"] = "taux de la BCE",
        ["Belgian published rate"] = "taux belge publié",
        ["Belgian legal rate"] = "taux légal belge",
        ["French legal rate (private creditors)"] = "taux légal français (particuliers)",
        ["French legal rate"] = "taux légal français",
        ["legal floor"] = "plancher légal",
        ["legal cap"] = "plafond légal",
    };

    public static string Basis(this Ui ui, string basis)
    {
        if (!ui.IsFrench || Rate().Match(basis) is not { Success: true } match)
            return basis;
        var (bound, points) = (match.Groups["bound"], match.Groups["points"]);
        var of = (bound.Success ? $"{French[bound.Value]} {Percent(ui, match.Groups["least"].Value)}, " : "") + Period(match.Groups["of"].Value);
        return $"{French[match.Groups["name"].Value]} {Percent(ui, match.Groups["rate"].Value)}" + (of.Length > 0 ? $" ({of})" : "")
            + (points.Success ? $" + {points.Value.Replace('.', ',')}\u00A0points" : "") + $"\u00A0: {match.Groups["article"].Value}";
    }

    private static string Percent(Ui ui, string number) => Wording.Rate(decimal.Parse(number, CultureInfo.InvariantCulture), ui.Language);

    // "2026-H1", "2026", and whose rate stands in for one that is not published.
    private static string Period(string period) => Semester().Replace(
        period.Replace(", provisional: the rate of ", ", provisoire\u00A0: celui de ", StringComparison.Ordinal),
        m => $"{(m.Groups[2].Value == "1" ? "1er" : "2e")}\u00A0semestre\u00A0{m.Groups[1].Value}").Replace("celui de 1er", "celui du 1er", StringComparison.Ordinal).Replace("celui de 2e", "celui du 2e", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<name>contractual rate|ECB rate|Belgian published rate|Belgian legal rate|French legal rate \(private creditors\)|French legal rate) (?<rate>[\d.]+) %(?: \((?:(?<bound>legal floor|legal cap) (?<least>[\d.]+) %, )?(?<of>[^)]*)\))?(?: \+ (?<points>[\d.]+) points)?: (?<article>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d{4})-?[HS]([12])", RegexOptions.CultureInvariant)]
    private static partial Regex Semester();
}
