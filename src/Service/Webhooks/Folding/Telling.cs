namespace Dunning.Service.Webhooks.Folding;

/// <summary>What one event of a provider says of one payment. PaymentId is the provider's id of the payment, which every event about it leads to.</summary>
public sealed record Telling(string PaymentId, ObjectMoney Money)
{
    /// <summary>Our own id as the provider carries it: a case, or an invoice number of the creditor.</summary>
    public string? Invoice { get; init; }

    /// <summary>Other objects the payment came from, such as a payment link: what is known of them is known of it.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Null is the provider. Money the provider may tell of twice, as two objects, has two sources: the same amount is then a possible duplicate.</summary>
    public string? Source { get; init; }

    public string? PayerName { get; init; }

    public string? Description { get; init; }
}
