using Dunning.Service.Letters.Pdf;
using QRCoder;
using QRCoder.Exceptions;

namespace Dunning.Service.Letters;

/// <summary>
/// A QR code of error level M, as the European Payments Council asks for (EPC069-12), with the quiet zone of four modules around it. Modules
/// are half a millimetre at least, so that any telephone reads them from paper.
/// </summary>
internal sealed class PaymentSquare
{
    private const double UsualSide = 36 * LetterPaper.Millimetre;
    private const double SmallestModule = 0.5 * LetterPaper.Millimetre;

    private const int QuietModules = 4;

    private readonly QRCodeData code;

    /// <exception cref="ArgumentException">The text is longer than a QR code can hold.</exception>
    public PaymentSquare(string text)
    {
        try
        {
            // Without a marker some readers take UTF-8 for another character set; plain ASCII needs none, and old readers know none.
            var marker = text.All(char.IsAscii) ? QRCodeGenerator.EciMode.Default : QRCodeGenerator.EciMode.Utf8;
            code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true, eciMode: marker);
        }
        catch (DataTooLongException tooLong)
        {
            throw new ArgumentException("The payment code's text is longer than a QR code can hold.", nameof(text), tooLong);
        }
    }

    /// <summary>In points, the quiet zone included.</summary>
    public double Side => Math.Max(UsualSide, Modules * SmallestModule);

    private int Modules => code.ModuleMatrix.Count;

    /// <summary>Its dark part begins at <paramref name="x"/>: nothing stands in the margin, which is the quiet zone at the left.</summary>
    public void Draw(PdfPage page, double x, double y, PdfTag tag)
    {
        page.Begin(tag);
        page.Squares(x - QuietModules * Side / Modules, y, Side / Modules, DarkRuns());
        page.End();
    }

    private IEnumerable<(int Column, int Row, int Length)> DarkRuns()
    {
        for (var row = 0; row < Modules; row++)
        {
            var start = -1;
            for (var column = 0; column <= Modules; column++)
            {
                var isDark = column < Modules && code.ModuleMatrix[row][column];
                if (isDark && start < 0) start = column;
                if (isDark || start < 0) continue;
                yield return (start, row, column - start);
                start = -1;
            }
        }
    }
}
