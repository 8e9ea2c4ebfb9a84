using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Payments;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.Portal;

/// <summary>A case as its debtor may see it: what is owed and why, how to pay, what was noted. Nothing of its policy, its notes or its operators.</summary>
public sealed record PortalCase(FoldedCase Folded, Creditor Creditor, DateOnly Today)
{
    /// <summary>What is owed beside the principal too, once a message has asked for it.</summary>
    public Claim? Claim { get; init; }

    public Func<Money, string?>? Link { get; init; }

    /// <summary>A payment link can be made while the debtor waits.</summary>
    public bool MakesLinks { get; init; }

    public bool HasDocument { get; init; }

    public CaseFile File => Folded.File;

    public Policy Policy => Folded.Policy;

    public bool IsOpen => Folded.State is DunningCase.Open;

    public bool IsPaid => Folded.State is DunningCase.Closed { Because: CaseStatus.Paid };

    public Money Asked => MessageWriter.AskedFor(File);

    public Money Due => Claim?.Total ?? Asked;

    internal PaidTo To => PaidTo.Of(Creditor, File.Invoice.Payee);

    /// <summary>What a plan in force asks.</summary>
    public PlanDue? Instalment => File.Silences.Plan is { } plan ? PlanDue.Of(plan, File.Account, Asked, Today) : null;

    /// <summary>What to pay now: what a plan asks, else what is due; null where payments are not to be made here.</summary>
    public Money? Payable =>
        !IsOpen || File.Silences.Insolvency is not null || Waiting.HasWholeDispute(File, Policy) || Due.IsZero ? null
        : (Instalment?.Amount ?? Due) is { IsZero: false } amount ? amount : null;

    // The invoice's own address asks for the whole of it, which a plan does not.
    public string? PayUrl => (Instalment is null ? File.Invoice.PaymentUrl : null) ?? (Payable is { } amount ? Link?.Invoke(amount) : null);

    public string? Code => Payable is { } amount ? EpcQr.Payload(To.Name, To.Iban, To.Bic, amount, File.Invoice.Number) : null;

    public DateOnly Local(DateTimeOffset at) => Policy.Zone.LocalDate(at);

    public string? ContactEmail => CaseValues.SenderOf(Creditor, Policy, File.Steps.Count > 0 ? File.Steps[^1].Id : Policy.Rungs[0].Id)?.Email ?? Creditor.Email;
}
