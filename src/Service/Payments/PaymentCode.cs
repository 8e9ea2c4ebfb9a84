using System.Text;
using QRCoder;

namespace Dunning.Service.Payments;

/// <summary>The QR code of a payload: error correction level M, as the guideline asks, and the same payload always gives the same image.</summary>
public static class PaymentCode
{
    /// <summary>Its Content-ID in an e-mail (RFC 2392).</summary>
    public const string ContentId = "payment-code@dunning";

    public const string FileName = "payment-code.png";

    private const int MarkBytes = 2;

    // Shown at a third of that: sharp on any screen.
    private const int PixelsPerModule = 8;

    /// <summary>True where dark, row by row, without the quiet zone of four modules.</summary>
    public static bool[,] Modules(string payload)
    {
        const int quiet = 4;
        using var code = Code(payload);
        var side = code.ModuleMatrix.Count - 2 * quiet;
        var modules = new bool[side, side];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                modules[y, x] = code.ModuleMatrix[y + quiet][x + quiet];
        return modules;
    }

    /// <summary>With its quiet zone.</summary>
    public static byte[] Png(string payload)
    {
        using var code = Code(payload);
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(PixelsPerModule);
    }

    // Beyond ASCII a reader is told that it is UTF-8, else it may guess another character set; where the mark itself would need a larger code than the
    // guideline allows, it has to guess.
    private static QRCodeData Code(string payload) =>
        Ascii.IsValid(payload) || Encoding.UTF8.GetByteCount(payload) > EpcQr.MostBytes - MarkBytes
            ? QRCodeGenerator.GenerateQrCode(Encoding.UTF8.GetBytes(payload), QRCodeGenerator.ECCLevel.M)
            : QRCodeGenerator.GenerateQrCode(payload, QRCodeGenerator.ECCLevel.M, forceUtf8: true, utf8BOM: false, QRCodeGenerator.EciMode.Utf8);
}
