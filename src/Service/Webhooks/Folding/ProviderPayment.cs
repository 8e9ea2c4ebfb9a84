using Dunning.Domain;

namespace Dunning.Service.Webhooks.Folding;

public enum PlannedKind
{
    Received,
    Reversed,
    Pending,
    PendingFailed,
}

/// <summary>
/// A fact that follows from what is known of a payment, written down before it is told to the case, so that a program cut short in between tells the very same one.
/// Of is the payment or the pending payment it names, of a pending payment that was put off the first of its attempt.
/// </summary>
public sealed record PlannedFact(PlannedKind Kind, string Id, Money? Amount, DateOnly On, string? Of = null)
{
    public CaseEvent ToEvent(string source, string reference) => Kind switch
    {
        PlannedKind.Received => new CaseEvent.PaymentReceived(Amount!.Value, On, source, reference) { Id = Id },
        PlannedKind.Reversed => new CaseEvent.PaymentReversed(Of!, Amount, "provider") { Id = Id },
        PlannedKind.Pending => new CaseEvent.PaymentPending(On, Amount, reference) { Id = Id },
        PlannedKind.PendingFailed => new CaseEvent.PendingPaymentFailed(Of!, "provider") { Id = Id },
        _ => throw new System.Diagnostics.UnreachableException(Kind.ToString()),
    };
}

/// <summary>
/// A provider's payment as we know it: its money, whose invoice it is for, and the facts that were made of it. Facts are only ever added.
/// </summary>
public sealed record ProviderPayment(string Creditor, string Provider, string PaymentId)
{
    public ObjectMoney Money { get; init; } = new();

    /// <summary>The case, once it is known: by the mapping kept when a link was made, by our id in the provider's object, or by a person's word.</summary>
    public string? CaseId { get; init; }

    public string? Invoice { get; init; }

    public IReadOnlyList<string> From { get; init; } = [];

    public string? Source { get; init; }

    public string? PayerName { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<PlannedFact> Facts { get; init; } = [];

    /// <summary>It was put among the money that waits for a person.</summary>
    public bool Queued { get; init; }

    /// <summary>The id of the first payment fact: the object's own, so that whoever tells of it tells the same fact.</summary>
    public string FactId => $"{Provider}:{PaymentId}";

    public ProviderPayment Hear(Telling telling) => this with
    {
        Money = Money.Join(telling.Money),
        Invoice = First(Invoice, telling.Invoice),
        From = [.. From.Union(telling.From, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Source = First(Source, telling.Source),
        PayerName = First(PayerName, telling.PayerName),
        Description = First(Description, telling.Description),
    };

    // Whichever came first must not matter.
    private static string? First(string? a, string? b) => a is null ? b : b is null || string.CompareOrdinal(a, b) <= 0 ? a : b;
}
