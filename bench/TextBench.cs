using System.Diagnostics;
using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Bench;

/// <summary>How long a message takes to write, from a case to its text, page and bytes.</summary>
internal static class TextBench
{
    public static void Run(int count)
    {
        var start = Stopwatch.GetTimestamp();
        var book = TextBook.Load(TextBook.ShippedFolder);
        Console.WriteLine($"| texts read and checked | {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms |");
        var writer = new MessageWriter(book);
        var policy = new PolicyBook(PolicyBook.ShippedFolder, book.Has, null).Shipped.First(p => p.Name == "fr-b2b");
        foreach (var (id, channel) in new[] { ("first", Channel.Email), ("formal-notice", Channel.Email), ("second", Channel.Sms), ("formal-notice", Channel.Letter) })
        {
            var rung = policy.FindRung(id)!;
            var file = Case(policy, rung);
            Measure($"{id}, {MessageKey.Name(channel)}: text{(channel == Channel.Email ? " and page" : "")}", count, () => Write(writer, file, rung, channel, policy));
            if (channel == Channel.Email)
                Measure($"{id}, {MessageKey.Name(channel)}: the same, with its QR code as bytes to send", count / 10, () => MimeWriter.Write(MailOf.Message(Write(writer, file, rung, channel, policy))));
        }
    }

    private static void Measure(string what, int count, Action act)
    {
        for (var i = 0; i < Math.Max(50, count / 10); i++)
            act();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            act();
        Console.WriteLine($"| {what} | {Stopwatch.GetElapsedTime(start).TotalMicroseconds / count:F0} µs |");
    }

    private static Service.Engine.OutgoingMessage Write(MessageWriter writer, CaseFile file, Rung rung, Channel channel, Policy policy) =>
        writer.Write(file, new(file.Id, rung.Id, channel, 1), policy, Creditor, new(2026, 11, 30, 9, 0, 0, TimeSpan.FromHours(1)));

    private static Creditor Creditor { get; } = new("demo", "Moulins du Rhône")
    {
        Email = "facturation@example.org",
        Phone = "+33472000000",
        Address = new("14 quai des Minotiers", null, "69007", "Lyon"),
        Siren = "732829320",
        Iban = "FR7630006000011234567890189",
        Senders = [new("Claire Dubois", "Comptabilité clients", null, "claire@example.org", null)],
    };

    private static CaseFile Case(Policy policy, Rung rung)
    {
        var debtor = new Debtor("d", "Boulangerie Martin", DebtorKind.Business, "FR", "fr") { Email = "a@example.org", Phone = "+33600000000", Address = new("12 rue des Lilas", null, "69003", "Lyon") };
        var invoice = new Invoice("F-2026-0001", new(2026, 9, 30), new(2026, 10, 31), Money.Of(1200, Currency.Euro)) { PurchaseOrder = "BC-1", PaymentUrl = "https://pay.example/1" };
        var step = new StepRecord(rung.Id, rung.Offset, rung.IsFormalNotice, new(2026, 11, 30), StepOutcome.Underway) { Template = rung.Step.Template, Deadline = new(2026, 12, 8) };
        return new("case", "demo", invoice, debtor, new(policy.Name, policy.Version), default, new Account(invoice.Amount)) { Steps = [step] };
    }
}
