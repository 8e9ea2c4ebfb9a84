namespace Dunning.Service.Api;

/// <summary>The examples OpenAPI shows; the tests send each of them.</summary>
public static class Examples
{
    private static readonly object Martin = new
    {
        name = "Boulangerie Martin",
        kind = "business",
        country = "FR",
        language = "fr",
        email = "compta@example.org",
        phone = "+33600000000",
        address = new { line1 = "12 rue des Lilas", postalCode = "69003", city = "Lyon" },
    };

    public static readonly object Registration = new
    {
        number = "F-2026-0001",
        issueDate = "2026-09-30",
        dueDate = "2026-10-31",
        amount = 1200.00m,
        currency = "EUR",
        debtor = Martin,
    };

    public static readonly object Debtor = Martin;

    public static readonly object Payment = new { id = "pay-1", amount = 500.00m, date = "2026-11-10", reference = "VIR MARTIN", source = "bank" };

    public static readonly object Lifecycle = new { id = "pa-2026-4711", status = "210", at = "2026-11-02T09:30:00+01:00", reason = "Le bon de commande ne correspond pas." };

    public static readonly object Plan = new
    {
        id = "plan-1",
        instalments = new[] { new { date = "2026-12-01", amount = 600.00m }, new { date = "2027-01-01", amount = 600.00m } },
    };

    public static readonly object Creditor = new
    {
        name = "Moulins du Rhône",
        email = "facturation@example.com",
        phone = "+33472000000",
        iban = "FR7630006000011234567890189",
        language = "fr",
        senders = new[] { new { name = "Claire Dubois", role = "Comptabilité clients", email = "claire@example.com" } },
    };

    public static readonly object Policy = new
    {
        name = "gentle",
        regime = "fr-b2b",
        timeZone = "Europe/Paris",
        calendar = "FR",
        sendAt = "10:00",
        sendWindow = new[] { "09:00", "17:00" },
        minimumGapDays = 7,
        steps = new object[]
        {
            new { id = "first", offset = 10, channels = new[] { "email" }, template = "first-reminder" },
            new { id = "second", offset = 25, channels = new[] { "email" }, template = "firm-reminder" },
        },
    };

    public static readonly object Claim = new
    {
        regime = "fr-b2b",
        currency = "EUR",
        amount = 6000.00m,
        dueDate = "2025-09-30",
        asOf = "2025-11-30",
        payments = new[] { new { date = "2025-10-20", amount = 2500.00m } },
        contractualRate = (decimal?)null,
        allocation = "principal-first",
    };

    public static readonly object Rate = new { value = 2.00m, source = "An example: the publication and its address", publishedOn = "2026-07-01" };

    public static readonly object PaymentSettings = new { urlTemplate = "https://pay.example.org/{number}?amount={amount}&currency={currency}" };

    public static readonly object WebhookEndpoint = new { creditor = "demo", url = "https://platform.example.org/dunning", types = new[] { "invoice.paid", "payment.received" }, description = "Accounting" };

    public static readonly object Simulation = new
    {
        invoice = new { number = "F-1", issueDate = "2026-09-30", dueDate = "2026-10-31", amount = 1200.00m, currency = "EUR", debtor = Martin },
        policy = "fr-b2b",
        registeredAt = "2026-10-01T10:00:00+02:00",
        events = new[] { new { at = "2026-11-10T10:00:00+01:00", type = "promise", date = "2026-11-20" } },
        until = "2027-01-31",
    };
}
