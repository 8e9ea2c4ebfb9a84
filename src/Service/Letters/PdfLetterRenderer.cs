using Dunning.Service.Letters.Pdf;

namespace Dunning.Service.Letters;

/// <summary>Letters as tagged PDF files, by the writer in <c>Pdf/</c>. It keeps nothing between letters but the fonts as they were read.</summary>
public sealed class PdfLetterRenderer : ILetterRenderer
{
    public byte[] Render(Letter letter)
    {
        var characters = new Characters(LetterFonts.All);
        var drawable = letter with
        {
            Title = characters.Drawable(letter.Title),
            From = characters.Drawable(letter.From),
            To = characters.Drawable(letter.To),
            PlaceAndDate = letter.PlaceAndDate is { } place ? characters.Drawable(place) : null,
            References = characters.Drawable(letter.References),
            Subject = characters.Drawable(letter.Subject),
            Footer = characters.Drawable(letter.Footer),
        };
        var document = new PdfDocument(drawable.Title, drawable.SenderName, letter.Language, letter.WrittenOn);
        var type = new Typesetting(document);
        var head = new Letterhead(drawable, type);
        var paper = new LetterPaper(document, head);
        head.Open(paper);
        new LetterBody(paper, type, characters, letter.PaymentCode).Draw(letter.Body);
        if (characters.Undrawable.Count > 0) throw new LetterNotDrawable(characters.Undrawable);
        paper.Close();
        return document.ToBytes();
    }
}
