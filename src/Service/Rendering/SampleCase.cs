using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Letters;
using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>A case that never was, to show a text with: partly paid, with a plan, a promise and a call to speak of.</summary>
internal sealed record SampleCase(Policy Policy, Rung? Rung, string Template, DebtorKind Kind, string Language)
{
    private static readonly DateOnly Due = new(2026, 10, 31);

    public static IReadOnlyDictionary<string, Channel?> Channels { get; } =
        new[] { Channel.Email, Channel.Sms, Channel.Letter, Channel.Call }.ToDictionary(MessageKey.Name, c => (Channel?)c);

    public required Creditor Creditor { get; init; }

    public required Rates Rates { get; init; }

    private DateOnly Today => Due.AddDays(Rung?.Offset ?? 10);

    public static DebtorKind KindOf(string regime) => regime[3..] switch { "b2c" => DebtorKind.Consumer, "public" => DebtorKind.Public, _ => DebtorKind.Business };

    public static Creditor Sender(string regime) => regime.StartsWith("be", StringComparison.Ordinal)
        ? new("sample", "Menuiserie Van den Broeck SRL")
        {
            Email = "facturation@vandenbroeck.example",
            Phone = "+3226470000",
            Address = new("Rue du Bailli 12", null, "1000", "Bruxelles"),
            EnterpriseNumber = "0403.170.701",
            Iban = "BE68539007547034",
            Senders = [new("Sophie Lambert", "Comptabilité", "+3226470001", "sophie.lambert@vandenbroeck.example", null)],
        }
        : new("sample", "Moulins du Rhône")
        {
            Email = "facturation@moulins-du-rhone.example",
            Phone = "+33472000000",
            Address = new("14 quai des Minotiers", null, "69007", "Lyon"),
            Siren = "732829320",
            Iban = "FR7630006000011234567890189",
            Senders = [new("Claire Dubois", "Comptabilité clients", "+33472000001", "claire.dubois@moulins-du-rhone.example", null)],
        };

    public CaseValues Values(Channel channel)
    {
        var step = new StepRecord(Rung?.Id ?? "sample", Rung?.Offset ?? 10, Rung?.IsFormalNotice ?? false, Today, StepOutcome.Underway)
        {
            Template = Template,
            Deadline = Rung?.Step.DeadlineDays is { } days ? Today.AddDays(days) : null,
        };
        return new(File(Today), step, Policy, Creditor, channel, Language, Today)
        {
            DocumentAttached = channel == Channel.Email,
            Claim = Policy.ClaimsAccessoriesAt(step.Id) ? CaseClaim.Of(File(Today), Policy, Rates, Today) : null,
        };
    }

    /// <summary>The text on paper.</summary>
    public Letter Letter(RenderedText text, CaseValues values)
    {
        var file = values.File;
        var to = AddressLines.Block(file.Debtor.Name, file.Debtor.Address);
        var message = new OutgoingMessage(new(file.Id, values.Step.Id, Channel.Letter, 1), Creditor.Id, to, file.Debtor.Name, text.Subject, text.Plain, Policy.Zone.At(Today, Policy.SendAt))
        {
            Language = Language,
            Registered = Rung?.Step.SendsRegistered ?? false,
            Markdown = text.Markdown,
            PaymentCode = values.PaymentCode,
        };
        return LetterComposer.Of(message, Creditor, file, Policy);
    }

    private CaseFile File(DateOnly today)
    {
        var (country, name) = Policy.Regime.StartsWith("be", StringComparison.Ordinal) ? ("BE", "Brasserie Peeters") : ("FR", "Boulangerie Martin");
        var debtor = new Debtor("sample", name, Kind, country, Language) { Email = "compta@example.org", Phone = "+33600000000", Address = new("12 rue des Lilas", null, "69003", "Lyon") };
        var invoice = new Invoice("F-2026-0001", new(2026, 9, 30), Due, Euros(1500)) { PurchaseOrder = "BC-4711", Description = "Farine de blé T65", PaymentUrl = "https://pay.example/f-2026-0001" };
        var account = new Account(invoice.Amount) { Payments = [new("sample", Euros(300), new(2026, 10, 20), "bank", new(2026, 10, 20))] };
        var at = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        return new("sample", Creditor.Id, invoice, debtor, new(Policy.Name, Policy.Version), at, account)
        {
            Silences = Silences.None with
            {
                Promise = new("sample", today.AddDays(10), Euros(1200), today, today, today.AddDays(12), at.AddDays(13), true),
                Plan = new("sample", [new(today.AddDays(10), Euros(600)), new(today.AddDays(40), Euros(600))], [at.AddDays(13), at.AddDays(43)], Euros(0), 0),
            },
        };
    }

    private static Money Euros(decimal amount) => Money.Of(amount, Currency.Euro);
}
