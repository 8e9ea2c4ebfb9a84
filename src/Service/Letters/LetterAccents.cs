namespace Dunning.Service.Letters;

/// <summary>
/// Letters whose accent was typed apart, as files and names from some systems have them. Written out from the Unicode Character Database for
/// the letters of our fonts: with InvariantGlobalization, string.Normalize joins nothing.
/// </summary>
internal static class LetterAccents
{
    // The accent, then letters without and with it in turn.
    private static readonly Dictionary<(char Letter, int Accent), char> Joined = new[]
    {
        "\u0300AÀEÈIÌOÒUÙaàeèiìoòuùЕЀИЍеѐиѝWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ",
        "\u0301AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώГЃКЌгѓкќMḾmḿWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứὉὍ",
        "\u0302AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷẠẬạậẸỆẹệỌỘọộ",
        "\u0303AÃNÑOÕaãnñoõIĨiĩUŨuũÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ",
        "\u0304AĀaāEĒeēIĪiīOŌoōUŪuūИӢиӣУӮуӯ",
        "\u0306AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗẠẶạặ",
        "\u0307CĊcċEĖeėGĠgġIİZŻzż",
        "\u0308AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹWẄwẅ",
        "\u0309AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ",
        "\u030AAÅaåUŮuů",
        "\u030BOŐoőUŰuűУӲуӳ",
        "\u030CCČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžjǰ",
        "\u030FѴѶѵѷ",
        "\u031BOƠoơUƯuư",
        "\u0323AẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ",
        "\u0325AḀaḁ",
        "\u0326SȘsșTȚtț",
        "\u0327CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ",
        "\u0328AĄaąEĘeęIĮiįUŲuų",
        "\u0338=≠",
    }.SelectMany(group => group.Skip(1).Chunk(2).Select(pair => KeyValuePair.Create((pair[0], (int)group[0]), pair[1]))).ToDictionary();

    /// <summary>The letter with its accent, or null when there is no such letter.</summary>
    public static char? Join(char letter, int accent) => Joined.TryGetValue((letter, accent), out var joined) ? joined : null;
}
