using System.Globalization;
using System.Text;
using Dunning.Service.Letters;

namespace Dunning.Service.Tests.Letters;

/// <summary>Letters nobody would write, two hundred at a time.</summary>
public sealed class RandomLettersTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 200;
    // Without [, ! and &: a link's definition, a picture and an entity are not the words they are written with.
    private const string Letters =
        "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôûùüÿœæÀÉÈÇŒßłńőşțžΑΩжщ€–—’“”«»%()]<>/\\*_#|`~?;:,.'\"0123456789-+=@{}$^°§µ\u00A0\u202F";

    private readonly Programs programs = new();

    public void Dispose() => programs.Dispose();

    [Fact]
    public void Two_hundred_random_letters_are_sound_files_that_lose_no_word()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var (random, renderer) = (new Random(seed), new PdfLetterRenderer());
        var files = new List<string>();
        var tokens = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            var letter = Letter(random, i, tokens);
            var pdf = renderer.Render(letter);
            Assert.True(i % 10 > 0 || pdf.AsSpan().SequenceEqual(renderer.Render(letter)), $"seed {seed}, letter {i}: two drawings differ");
            files.Add(programs.Keep(string.Create(CultureInfo.InvariantCulture, $"{i:D3}.pdf"), pdf));
        }
        var all = programs.File("all.pdf");
        Sound(Programs.Run("qpdf", ["--empty", "--pages", .. files, "--", all]), seed);
        Sound(Programs.Run("qpdf", "--check", all), seed, silent: false);
        Sound(Programs.Run("gs", ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", .. files]), seed);
        var text = Programs.Run("pdftotext", "-enc", "UTF-8", all, "-").Said;
        Assert.All(tokens, token => Assert.True(text.Contains(token, StringComparison.Ordinal), $"seed {seed}: {token} is lost"));
    }

    private static void Sound((int Exit, string Said) judged, int seed, bool silent = true) =>
        Assert.True(judged.Exit == 0 && (!silent || judged.Said.Length == 0), $"seed {seed}: {judged.Said}");

    private static Letter Letter(Random random, int number, List<string> tokens)
    {
        var token = 0;
        return new()
        {
            Language = random.Next(2) == 0 ? "fr" : "nl-BE",
            Title = Line(),
            WrittenOn = new DateOnly(2026, 1, 1).AddDays(random.Next(700)),
            From = [.. Some(4, Line)],
            To = [.. Some(10, Line)],
            Window = random.Next(2) == 0 ? WindowSide.Right : WindowSide.Left,
            PlaceAndDate = random.Next(3) == 0 ? null : Line(),
            References = [.. Some(3, Line)],
            Subject = Line(),
            Body = string.Join("\n\n", Some(12, Block)),
            PaymentCode = random.Next(3) == 0 ? null : Text(random.Next(1, 300)),
            Footer = [.. Some(3, Line)],
        };

        string Block() => random.Next(8) switch
        {
            0 => $"{new string('#', random.Next(1, 5))} {Token()} {Text(random.Next(60))}",
            1 => string.Join('\n', Enumerable.Range(0, random.Next(1, 12)).Select(i => $"{(i % 3 == 2 ? "  - " : "- ")}{Token()} {Text(random.Next(200))}")),
            2 => Table(),
            3 => $"> {Token()} {Text(random.Next(900))}",
            4 => $"![code](qr:payment) {Text(random.Next(300))}",
            5 => $"**{Token()}** *{Token()}* {new string('x', random.Next(400))}\\\n{Text(50)}\n\n---",
            _ => $"{Token()} {Text(random.Next(2500))} {Token()}",
        };

        string Table()
        {
            var columns = random.Next(1, 8);
            var rows = Enumerable.Range(0, random.Next(40))
                .Select(_ => string.Concat(Enumerable.Range(0, columns).Select(_ => $"| {Cell()} ")) + "|");
            return string.Concat(Enumerable.Repeat($"| {(random.Next(3) == 0 ? "" : "tête")} ", columns)) + "|\n"
                + string.Concat(Enumerable.Range(0, columns).Select(i => i % 2 == 0 ? "|---" : "|--:")) + "|\n" + string.Join('\n', rows);
        }

        string Cell() => random.Next(30) == 0 ? new string('m', random.Next(300)) : new string('1', random.Next(9));

        string Line() => random.Next(12) == 0 ? Text(300) : Text(random.Next(60));

        IEnumerable<string> Some(int most, Func<string> make) => Enumerable.Range(0, random.Next(most)).Select(_ => make());

        // Short enough never to be cut, in a text that is.
        string Token()
        {
            tokens.Add(string.Create(CultureInfo.InvariantCulture, $"Q{number}x{token++}Q"));
            return tokens[^1];
        }

        string Text(int length)
        {
            var text = new StringBuilder(length);
            while (text.Length < length)
                text.Append(random.Next(7) == 0 ? ' ' : Letters[random.Next(Letters.Length)]);
            return text.ToString();
        }
    }
}
