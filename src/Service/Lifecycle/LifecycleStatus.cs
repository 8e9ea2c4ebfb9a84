using System.Globalization;

namespace Dunning.Service.Lifecycle;

/// <summary>
/// A status of an invoice's life on the French platforms of e-invoicing (AFNOR XP Z12-012, from 1 September 2026): its code, our name for it, the standard's, and what
/// else it is called.
/// </summary>
public sealed record LifecycleStatus(int Code, string Name, string French, params IReadOnlyList<string> Aliases)
{
    public const int TakenInCharge = 204;
    public const int Approved = 205;
    public const int PartiallyApproved = 206;
    public const int Disputed = 207;
    public const int Suspended = 208;
    public const int Completed = 209;
    public const int Refused = 210;
    public const int PaymentSent = 211;
    public const int Cashed = 212;
    public const int Rejected = 213;

    public static readonly IReadOnlyList<LifecycleStatus> All =
    [
        new(200, "deposited", "déposée", "submitted"),
        new(201, "issued", "émise", "émise par la plateforme", "emitted", "sent"),
        new(202, "received", "reçue", "reçue par la plateforme"),
        new(203, "madeAvailable", "mise à disposition", "available"),
        new(TakenInCharge, "takenInCharge", "prise en charge", "inProcess", "acknowledged"),
        new(Approved, "approved", "approuvée", "accepted", "acceptée"),
        new(PartiallyApproved, "partiallyApproved", "approuvée partiellement", "approvedPartially", "partiellement approuvée"),
        new(Disputed, "disputed", "en litige", "inDispute", "litige"),
        new(Suspended, "suspended", "suspendue"),
        new(Completed, "completed", "complétée"),
        new(Refused, "refused", "refusée"),
        new(PaymentSent, "paymentSent", "paiement transmis", "paymentTransmitted"),
        new(Cashed, "cashed", "encaissée", "collected", "paymentReceived"),
        new(Rejected, "rejected", "rejetée"),
    ];

    private static readonly Dictionary<string, LifecycleStatus> Known = All
        .SelectMany(s => s.Aliases.Append(s.Name).Append(s.French).Append(s.Code.ToString(CultureInfo.InvariantCulture)), (status, word) => (Word: Spelling.Fold(word), status))
        .ToDictionary(k => k.Word, k => k.status, StringComparer.Ordinal);

    /// <summary>By its code or any of its names, however accented, capitalised or joined; null for one nobody knows.</summary>
    public static LifecycleStatus? Find(string told) => Known.GetValueOrDefault(Spelling.Fold(told));

    public static LifecycleStatus Of(int code) => Known[code.ToString(CultureInfo.InvariantCulture)];

    public override string ToString() => $"{Code} {Name} ({French})";
}
