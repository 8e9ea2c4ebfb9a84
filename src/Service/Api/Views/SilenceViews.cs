using Dunning.Domain;

namespace Dunning.Service.Api.Views;

/// <summary>Standing is met, next or ahead: whether its check has passed.</summary>
public sealed record InstalmentView(DateOnly Date, decimal Amount, string Standing);

/// <summary>The agreed plan in force. AcceptedOn is the day the debtor signed it.</summary>
public sealed record PlanView(string Id, IReadOnlyList<InstalmentView> Instalments, DateOnly? AcceptedOn, string? AcceptedBy)
{
    public static PlanView? Of(CaseFile file) => file.Silences.Plan is not { } plan ? null : new(
        plan.Id,
        [.. plan.Instalments.Select((part, i) => new InstalmentView(part.Date, part.Amount.Amount(), i < plan.Checked ? "met" : i == plan.Checked ? "next" : "ahead"))],
        plan.Accepted?.On,
        plan.Accepted?.By);
}

/// <summary>GraceEnds is the last day on which it is kept; Kept and Broken count the promises before it.</summary>
public sealed record PromiseView(string Id, DateOnly Date, decimal Amount, DateOnly MadeOn, DateOnly GraceEnds, bool Silencing, int Kept, int Broken)
{
    public static PromiseView? Of(CaseFile file) => file.Silences is not { Promise: { } promise } silences ? null : new(
        promise.Id, promise.Date, promise.Amount.Amount(), promise.MadeOn, promise.GraceEnds, promise.Silencing, silences.KeptPromises, silences.BrokenPromises);
}

/// <summary>An open dispute; without an amount it is about the whole.</summary>
public sealed record DisputeView(string Id, string Kind, string Code, decimal? Amount, DateTimeOffset OpenedAt, string? Note)
{
    public static DisputeView Of(Dispute dispute, Policy policy) =>
        new(dispute.Id, ApiJson.Name(dispute.Kind), ApiJson.Name(dispute.Code), dispute.Amount?.Amount(), NextView.Local(dispute.OpenedAt, policy)!.Value, dispute.Note);
}

/// <summary>Money somebody said is on its way.</summary>
public sealed record PendingPaymentView(string Id, DateOnly ExpectedOn, decimal? Amount, string? Reference)
{
    public static PendingPaymentView Of(PendingPayment pending) => new(pending.Id, pending.ExpectedOn, pending.Amount?.Amount(), pending.Reference);
}
