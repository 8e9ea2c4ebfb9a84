using System.Text;

namespace Dunning.Service.Rendering;

/// <summary>The alphabet of a cheap SMS (3GPP TS 23.038): one character outside it more than halves the room of the whole message.</summary>
public static class Gsm7
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡" +
        "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "^{}\\[~]|€\f";

    // Written out: with InvariantGlobalization, string.Normalize takes no accent off.
    private static readonly Dictionary<int, string> Nearest = Pairs(
        "a:âáãāăą", "A:ÀÂÁÃĀĂĄ", "c:çćčĉċ", "C:ĆČĈĊ", "d:ďđð", "D:ĎĐÐ", "e:êëēėęě", "E:ÈÊËĒĖĘĚ", "g:ğģĝġ", "G:ĞĢĜĠ", "h:ħĥ", "H:ĦĤ",
        "i:îïíīįı", "I:ÌÎÏÍĪĮİ", "k:ķ", "K:Ķ", "l:łľĺļ", "L:ŁĽĹĻ", "n:ńňņ", "N:ŃŇŅ", "o:ôóõōő", "O:ÒÔÓÕŌŐ", "r:řŕŗ", "R:ŘŔŖ",
        "s:šśşș", "S:ŠŚŞȘ", "t:ťţțŧ", "T:ŤŢȚŦ", "u:ûúūůűų", "U:ÙÛÚŪŮŰŲ", "w:ŵ", "W:Ŵ", "y:ÿýŷ", "Y:ŸÝŶ", "z:žźż", "Z:ŽŹŻ",
        "oe:œ", "OE:Œ", "th:þ", "TH:Þ", "SS:ẞ", "':’‘‚‛′´`ʼ", "\":“”„«»″", "-:‐‑‒–—―−", "...:…",
        " :\t\u00A0\u2007\u2009\u200A\u202F", "no:№", "o:°º", "a:ª", "x:×", "*:•·", "2:²", "3:³");

    /// <summary>How many of a message's 160 places a character takes: 1, 2 for the extension table, 0 when it is not in GSM-7.</summary>
    public static int Places(char c) => Basic.Contains(c, StringComparison.Ordinal) ? 1 : Extension.Contains(c, StringComparison.Ordinal) ? 2 : 0;

    /// <summary>The nearest GSM-7 spelling; what has none becomes one '?', so that nothing vanishes unseen.</summary>
    public static string Spell(string text)
    {
        var spelled = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune.Value)) continue;
            var known = rune.IsBmp && Places((char)rune.Value) > 0;
            spelled.Append(known ? rune.ToString() : Nearest.GetValueOrDefault(rune.Value, "?"));
        }
        return spelled.ToString();
    }

    // An accent typed apart from its letter, a zero-width mark, an emoji's variation selector: what stands before it says enough.
    private static bool IsInvisible(int code) =>
        code is (>= 0x0300 and <= 0x036F) or (>= 0x200B and <= 0x200F) or 0x2060 or 0xFE0F or 0xFEFF or 0x00AD;

    private static Dictionary<int, string> Pairs(params string[] groups)
    {
        var pairs = new Dictionary<int, string>();
        foreach (var group in groups)
        {
            var colon = group.IndexOf(':', 1);
            foreach (var rune in group[(colon + 1)..].EnumerateRunes()) pairs.Add(rune.Value, group[..colon]);
        }
        return pairs;
    }
}
