using Dunning.Domain;

namespace Dunning.Service.Api;

/// <summary>An invoice somebody wants chased. Policy is the name given, if any; Payments only come from an import.</summary>
public sealed record Registration(string Creditor, Invoice Invoice, Debtor Debtor)
{
    public string? Policy { get; init; }

    /// <summary>False when the debtor's id was derived from what is said of it.</summary>
    public bool NamesDebtor { get; init; }

    public int AlreadySent { get; init; }

    public IReadOnlyList<CaseEvent.PaymentReceived> Payments { get; init; } = [];

    public string CaseId { get; } = CaseIds.Case(Creditor, Invoice.Number);
}

/// <summary>Reads the body of a registration, the same for one invoice, an upsert, a line of an import and a simulation.</summary>
public static class RegistrationBody
{
    public const int MaxYearsToDue = 5;

    /// <summary>
    /// Null when the body has faults. Creditor is the key's or the route's; a body may repeat it, not contradict it. Only an import tells payments: anywhere
    /// else they are facts of their own, and would be forgotten by whoever sends the same registration again.
    /// </summary>
    public static Registration? Read(BodyReader body, string? creditor, string? number = null, bool imported = false)
    {
        var faultsBefore = body.Faults.Count;
        var owner = Creditor(body, creditor);
        var invoice = Invoice(body, number, imported);
        var party = body.Member("debtor", required: true);
        var debtor = party is null ? null : PartyBody.Debtor(party, owner);
        var policy = body.Text("policy", max: 60);
        var sent = body.Whole("alreadySent") ?? 0;
        if (sent is < 0 or > 50)
            body.Add("alreadySent", "outOfRange", "must be from 0 to 50.");
        var payments = invoice is null || !imported ? [] : Payments(body, invoice);
        return body.Faults.Count > faultsBefore || owner is null || invoice is null || debtor is null ? null
            : new(owner, invoice, debtor) { Policy = policy, NamesDebtor = party!.Has("id"), AlreadySent = sent, Payments = payments };
    }

    private static string? Creditor(BodyReader body, string? creditor)
    {
        var named = PartyBody.Id(body, "creditor");
        if (creditor is null && named is null && !body.Faults.Exists(f => f.Field == body.Path("creditor")))
            body.Add("creditor", "required", "is required with a key that is not scoped to one creditor.");
        if (creditor is not null && named is not null && named != creditor)
            body.Add("creditor", "notYours", "is not the creditor this request is for.");
        return creditor ?? named;
    }

    private static Invoice? Invoice(BodyReader body, string? number, bool imported)
    {
        var given = body.Text("number", required: number is null, max: 64);
        if (number is not null && given is not null && given != number)
            body.Add("number", "contradiction", "is not the number in the address.");
        var (issued, due) = (body.Date("issueDate", required: true), body.Date("dueDate", required: true));
        if (due < issued)
            body.Add("dueDate", "dueBeforeIssue", "must not be before the issue date.");
        if (issued is { } from && due > from.AddYears(MaxYearsToDue))
            body.Add("dueDate", "dueTooLate", $"must not be more than {MaxYearsToDue} years after the issue date.");
        // Ledgers leave out what goes without saying where they come from.
        var currency = imported && !body.Has("currency") ? Currency.Euro : body.Currency("currency", required: true);
        var amount = body.Amount("amount", currency, required: true);
        var (sentAt, order, url, payee) = (SentAt(body), body.Text("purchaseOrder", max: 100), Url(body, "paymentUrl"), PartyBody.Payee(body.Member("payee")));
        if ((number ?? given) is not { } name || issued is null || due is null || amount is null)
            return null;
        return new(name, issued.Value, due.Value, amount.Value)
        {
            PurchaseOrder = order,
            Description = body.Text("description"),
            PaymentUrl = url,
            Payee = payee,
            SentAt = sentAt,
            Unsent = body.IsNull("sentAt"),
        };
    }

    // A date alone is how ledgers tell it; null says outright that the debtor does not have the invoice yet.
    private static DateTimeOffset? SentAt(BodyReader body)
    {
        var (date, instant) = body.DateOrInstant("sentAt");
        return date is { } on ? new DateTimeOffset(on.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : instant;
    }

    public static string? Url(BodyReader body, string name)
    {
        if (body.Text(name, max: 500) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0)
            return text;
        body.Add(name, "invalidUrl", "must be an https:// address.");
        return null;
    }

    private static List<CaseEvent.PaymentReceived> Payments(BodyReader body, Invoice invoice)
    {
        var payments = new List<CaseEvent.PaymentReceived>();
        foreach (var payment in body.Members("payments", max: 20))
        {
            var (id, date) = (payment.Text("id", required: true, max: 100), payment.Date("date", required: true));
            if (payment.Amount("amount", invoice.Amount.Currency, required: true) is { } amount && id is not null && date is { } on)
                payments.Add(new(amount, on, payment.Text("source", max: 40) ?? "import") { Id = id });
        }
        return payments;
    }
}
