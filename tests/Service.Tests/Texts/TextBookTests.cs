using System.Text;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

public sealed class TextBookTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("texts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_broken_folder_tells_every_fault_with_its_file_and_line()
    {
        Write("fr/first-reminder.email.txt", "Bonjour,", "", "{{debtor.nme}} et {{balance");
        Write("fr/first-reminder.sms.txt", "{{creditor.name}} : merci de régler {{balance}} ; ça presse.");
        Write("fr/courtesy.sms.txt", "? {{balance}}", "{{creditor.name}} : la facture {{invoice.number}} arrive bientot a son terme.");
        Write("fr/firm-reminder.sms.txt", new string('a', 307));
        Write("fr/formal-notice.email.txt", "Subject: votre dette de {{balance}}", "sans blanc", "corps");
        Write("fr/formal-notice.letter.txt", "", "? {{legalNote}}", "? rien", "?{{deadline}}");
        Write("fr/courtesy.letter.txt", "");
        Write("fr/courtesy.fax.txt", "Bonjour");
        Write("fr/welcome.email.txt", "Subject: x", "", "Bonjour");
        Write("fr/courtesy.email.text", "Subject: x", "", "Bonjour");
        Write("nl/courtesy.email.txt", "Subject: x", "", "Dag");
        File.WriteAllBytes(Path.Combine(folder, "fr/final-reminder.sms.txt"), Encoding.Latin1.GetBytes("échéance"));

        var faults = Assert.Throws<BrokenTexts>(() => TextBook.Load(folder)).Faults;

        string[] expected =
        [
            "fr/first-reminder.email.txt:1: an e-mail starts with",
            "fr/first-reminder.email.txt:3: unknown value \"debtor.nme\"",
            "fr/first-reminder.email.txt:3: braces",
            "fr/first-reminder.sms.txt:1: 'ç' (U+00E7)",
            "fr/first-reminder.sms.txt:1: the first 40",
            "fr/firm-reminder.sms.txt:1: 307 characters",
            "fr/formal-notice.email.txt:1: a subject tells",
            "fr/formal-notice.email.txt:2: a blank line",
            "fr/formal-notice.letter.txt:3: an optional line names no value",
            "fr/formal-notice.letter.txt:4: an optional line starts",
            "fr/courtesy.letter.txt:1: the body is empty",
            "fr/courtesy.fax.txt:1: unknown channel \"fax\"",
            "fr/welcome.email.txt:1: unknown template",
            "fr/courtesy.email.text:1: a text is called",
            "nl/courtesy.email.txt:1: unknown language",
            "fr/final-reminder.sms.txt:1: the file is not UTF-8",
            "fr/courtesy.sms.txt:1: the first 40",
            "en/courtesy.sms.txt:1: missing",
            "en/first-reminder.email.txt:1: missing",
            "en/first-reminder.sms.txt:1: missing",
            "en/firm-reminder.sms.txt:1: missing",
            "en/formal-notice.email.txt:1: missing",
            "en/formal-notice.letter.txt:1: missing",
            "en/courtesy.letter.txt:1: missing",
        ];
        foreach (var start in expected) Assert.Single(faults, fault => fault.StartsWith(start, StringComparison.Ordinal));
        Assert.Equal(expected.Length, faults.Count);
    }

    [Fact]
    public void The_message_of_the_exception_lists_the_faults_too()
    {
        Write("fr/courtesy.letter.txt", "Bonjour {{x}}");
        var broken = Assert.Throws<BrokenTexts>(() => TextBook.Load(folder));
        Assert.All(broken.Faults, fault => Assert.Contains(fault, broken.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_or_absent_folder_is_refused()
    {
        Assert.Throws<BrokenTexts>(() => TextBook.Load(folder));
        Assert.Throws<BrokenTexts>(() => TextBook.Load(Path.Combine(folder, "nowhere")));
    }

    [Fact]
    public void A_consumer_version_needs_the_common_one_in_every_language()
    {
        WriteBoth("formal-notice.letter.consumer.txt", "Bonjour");
        var faults = Assert.Throws<BrokenTexts>(() => TextBook.Load(folder)).Faults;
        Assert.Equal(
            ["en/formal-notice.letter.txt:1: missing", "fr/formal-notice.letter.txt:1: missing"],
            faults.Select(fault => fault.Split(';')[0]));
    }

    [Fact]
    public void A_line_with_an_absent_value_is_left_out_only_when_it_is_optional()
    {
        WriteBoth("first-reminder.letter.txt", "Bonjour", "", "? Tel. {{creditor.phone}}", "", "{{invoice.number}}");
        var book = TextBook.Load(folder);
        Assert.Equal("Bonjour\n\nF-1", Letter(new() { ["invoice.number"] = "F-1", ["creditor.phone"] = " " }));
        Assert.Equal("Bonjour\n\nTel. 01\n\nF-1", Letter(new() { ["invoice.number"] = "F-1", ["creditor.phone"] = "01" }));
        var refused = Assert.Throws<ArgumentException>(() => Letter(new() { ["creditor.phone"] = "01" }));
        Assert.Contains("invoice.number", refused.Message, StringComparison.Ordinal);

        string Letter(Dictionary<string, string?> values) => book.Render("fr", "first-reminder", "letter", false, values).Body;
    }

    [Fact]
    public void A_value_can_neither_name_another_value_nor_start_a_header()
    {
        WriteBoth("first-reminder.email.txt", "Subject: Invoice {{invoice.number}}", "", "{{invoice.number}}");
        var values = new Dictionary<string, string?> { ["invoice.number"] = "7\r\nBcc: x@example.org {{balance}}", ["balance"] = "12" };
        var text = TextBook.Load(folder).Render("en", "first-reminder", "email", false, values);
        Assert.Equal("Invoice 7 Bcc: x@example.org {{balance}}", text.Subject);
        Assert.EndsWith("{{balance}}", text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Consumers_get_their_own_version_where_there_is_one_and_other_languages_get_English()
    {
        Write("fr/formal-notice.letter.txt", "entreprise");
        Write("fr/formal-notice.letter.consumer.txt", "consommateur");
        Write("en/formal-notice.letter.txt", "business");
        Write("en/formal-notice.letter.consumer.txt", "consumer");
        WriteBoth("firm-reminder.letter.txt", "all");
        var book = TextBook.Load(folder);
        Assert.Equal("entreprise", Body("fr-BE", "formal-notice", consumer: false));
        Assert.Equal("consommateur", Body("FR", "formal-notice", consumer: true));
        Assert.Equal("consumer", Body("nl", "formal-notice", consumer: true));
        Assert.Equal("all", Body("de", "firm-reminder", consumer: true));
        Assert.False(book.Has("firm-reminder", "sms"));
        Assert.Throws<KeyNotFoundException>(() => Body("fr", "courtesy", consumer: false));

        string Body(string language, string template, bool consumer) =>
            book.Render(language, template, "letter", consumer, new Dictionary<string, string?>()).Body;
    }

    [Fact]
    public void An_sms_is_one_paragraph_of_GSM_7_whatever_the_values()
    {
        WriteBoth("first-reminder.sms.txt", "{{creditor.name}} : message important de votre fournisseur, {{debtor.name}}", "? {{balance}}", "? {{paymentUrl}}");
        var values = new Dictionary<string, string?>
        {
            ["creditor.name"] = "L’Œuvre\nfrançaise",
            ["debtor.name"] = "Zoë Benoît 😀",
            ["balance"] = "1\u202F234,50\u00A0€",
        };
        var body = TextBook.Load(folder).Render("fr", "first-reminder", "sms", false, values).Body;
        Assert.Equal("L'OEuvre francaise : message important de votre fournisseur, Zoe Benoit ? 1 234,50 €", body);
    }

    private void WriteBoth(string name, params string[] lines)
    {
        Write("fr/" + name, lines);
        Write("en/" + name, lines);
    }

    private void Write(string name, params string[] lines)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }
}
