using System.Text.Json.Serialization;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Api.Views;

/// <summary>
/// What one rule says of the next step: not before At. Rule is nominal, gap, paymentGap, deadline, unblocked, or window, which moves what the others gave; From and Days are
/// what it counts.
/// </summary>
public sealed record DueRuleView(string Rule, DateTimeOffset At, DateOnly? From, int? Days);

/// <summary>What comes next and when, by which rule; or what the case waits for. Both when a silence has an end.</summary>
public sealed record NextView(string? Step, DateTimeOffset? At, string? Because, string? WaitingFor)
{
    /// <summary>Where a case is looked at by itself: what each rule says of the step. The latest decides.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DueRuleView>? Rules { get; init; }

    public static NextView WithRules(DunningCase state, Policy policy) => Of(state, policy) with
    {
        Rules = [.. Standing.Rules(state, policy).Select(r => new DueRuleView(ApiJson.Name(r.Because), Local(r.At, policy)!.Value, r.From, r.Days))],
    };

    public static NextView Of(DunningCase state, Policy policy)
    {
        var next = Standing.Next(state, policy);
        return new(next.Step, Local(next.At, policy), next.Because is { } because ? ApiJson.Name(because) : null,
            next.WaitingFor == WaitReason.Nothing ? null : ApiJson.Name(next.WaitingFor));
    }

    /// <summary>Instants are shown with the offset of the policy's zone: 09:00 reads as 09:00.</summary>
    public static DateTimeOffset? Local(DateTimeOffset? at, Policy policy) => at is { } instant ? TimeZoneInfo.ConvertTime(instant, policy.Zone) : null;
}

/// <summary>Which version of which policy: versions of what ships and of what a creditor wrote under the same name are counted apart, and Creditor says whose it is; null for what ships.</summary>
public sealed record PolicyView(string Name, int Version, string? Creditor)
{
    public static PolicyView Of(PolicyRef policy) => new(policy.Name, policy.Version, policy.Creditor);
}

public sealed record AddressView(string Line1, string? Line2, string PostalCode, string City)
{
    public static AddressView? Of(PostalAddress? address) => address is null ? null : new(address.Line1, address.Line2, address.PostalCode, address.City);
}

public sealed record ContactView(string? Role, string? Name, string? Email, string? Phone);

public sealed record DebtorView(
    string Id, string Name, string Kind, string Country, string Language, string? Email, string? Phone, string? Siren, AddressView? Address, IReadOnlyList<ContactView> Contacts)
{
    public static DebtorView Of(Debtor debtor) => new(debtor.Id, debtor.Name, ApiJson.Name(debtor.Kind), debtor.Country, debtor.Language, debtor.Email, debtor.Phone, debtor.Siren,
        AddressView.Of(debtor.Address), [.. debtor.Contacts.Select(c => new ContactView(c.Role, c.Name, c.Email, c.Phone))]);
}

public sealed record LegView(string Key, string Channel, string Status, DateTimeOffset At, DateTimeOffset? RetryAt, DateOnly? PostedOn, string? TrackingNumber, string? Why);

public sealed record StepView(string Step, string Outcome, DateTimeOffset? At, DateOnly? Deadline, string? Why, IReadOnlyList<LegView> Messages);

public sealed record TaskView(string Id, string Kind, string? Step, string? Subject, DateTimeOffset OpenedAt, DateOnly? DueOn, string? Note)
{
    public static TaskView Of(CaseTask task) =>
        new(task.Id, ApiJson.Name(task.Kind), StepOf(task), task.Subject, task.OpenedAt, task.DueOn, task.Note);

    public static TaskView Of(CaseTask task, Policy policy) => Of(task) with { OpenedAt = NextView.Local(task.OpenedAt, policy)!.Value };

    /// <summary>The step a task is about, be its subject a step or a message of one.</summary>
    public static string? StepOf(CaseTask task) =>
        task.Subject is { } subject && MessageKey.TryParse(subject, out var key) ? key.Step
        : task.Kind is TaskKind.Call or TaskKind.HandOver or TaskKind.InsurerDeclaration or TaskKind.Approval or TaskKind.InvoiceNotSent ? task.Subject : null;
}

public sealed record PaymentView(string Id, decimal Amount, DateOnly Date, string Source, string? Reference, decimal Reversed, string Standing);

/// <summary>What was demanded beside the principal, and what became of it: owed, paid, or dropped as the policy says.</summary>
public sealed record AccessoriesView(DateOnly ClaimedOn, decimal Interest, decimal InterestPaid, decimal Indemnity, decimal IndemnityPaid, decimal Owed, string Standing)
{
    public static AccessoriesView? Of(DunningCase state, Policy policy)
    {
        var account = state.Known!.Account;
        return account.Demanded is { } demand
            ? new(demand.On, demand.Interest.Amount(), account.InterestPaid.Amount(), demand.Indemnity.Amount(), account.IndemnityPaid.Amount(), account.AccessoriesOwed.Amount(),
                account.AccessoriesOwed <= policy.ToleranceIn(account.Invoiced.Currency) ? "paid"
                : state is DunningCase.Closed { Because: CaseStatus.Paid } && policy.Accessories.Dropped ? "dropped" : "owed")
            : null;
    }
}

public sealed record ProcedureView(string Id, string Procedure, string Stage, DateOnly On, string? Reference, DateOnly? Term)
{
    public static ProcedureView Of(ProcedureEntry p) => new(p.Id, ApiJson.Name(p.Procedure), ApiJson.Name(p.Stage), p.On, p.Reference, p.Term);
}

public sealed record CreditNoteView(string Id, decimal Amount, DateOnly Date, string? Reference);

public sealed record SilenceView(string Kind, string? Id, DateTimeOffset? Until, string? Note);

/// <summary>The answer to an acknowledged fact.</summary>
public sealed record FactView(string CaseId, string EventId, string Status, NextView Next)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }
}

public sealed record CaseSummary(
    string Id, string Creditor, string Number, string Status, string DebtorId, string DebtorName, DateOnly DueDate, decimal Amount, decimal Balance, string Currency,
    NextView Next, DateTimeOffset UpdatedAt)
{
    public static CaseSummary Of(DunningCase state, Policy policy, CaseIndex index)
    {
        var file = state.Known!;
        return new(file.Id, file.Creditor, file.Invoice.Number, ApiJson.Name(Standing.Status(state, policy)), file.Debtor.Id, file.Debtor.Name, file.Invoice.DueDate,
            file.Invoice.Amount.Amount(), file.Balance.Amount(), file.Balance.Currency.Code, NextView.Of(state, policy), index.UpdatedAt);
    }
}

/// <summary>
/// All there is to know of a case. The claim is today's; null for a cancelled case and for one due before the first rates known. LimitationOn is the earliest day the
/// debt may lapse, where that is known.
/// </summary>
public sealed record CaseView(
    string Id, string Creditor, string Number, string Status, DateOnly IssueDate, DateOnly DueDate, decimal Amount, string Currency, decimal Balance, decimal Overpaid,
    decimal DisputedAmount, ClaimView? Claim, AccessoriesView? Accessories, DateOnly? LimitationOn, PolicyView Policy, DebtorView Debtor, string? PurchaseOrder, string? PaymentUrl, DateTimeOffset? SentAt, bool HasDocument,
    DateTimeOffset RegisteredAt, NextView Next, IReadOnlyList<SilenceView> Silences, IReadOnlyList<StepView> Steps, IReadOnlyList<TaskView> Tasks,
    IReadOnlyList<PaymentView> Payments, IReadOnlyList<CreditNoteView> CreditNotes, IReadOnlyList<DebitNoteSummary> DebitNotes, IReadOnlyList<ProcedureView> Procedure, IReadOnlyList<TimelineEntry> Timeline,
    IReadOnlyList<string> Warnings)
{
    /// <summary>What the law may object to in the invoice itself.</summary>
    public static IReadOnlyList<string> WarningsOf(CaseFile file, Policy policy) =>
        PaymentTerms.Warning(policy.Regime, file.Invoice.IssueDate, file.Invoice.DueDate) is { } warning ? [warning] : [];

    public static CaseView Of(DunningCase state, Policy policy, ClaimView? claim, IReadOnlyList<TimelineEntry> timeline, bool hasDocument)
    {
        var file = state.Known!;
        var invoice = file.Invoice;
        return new(file.Id, file.Creditor, invoice.Number, ApiJson.Name(Standing.Status(state, policy)), invoice.IssueDate, invoice.DueDate, invoice.Amount.Amount(),
            invoice.Amount.Currency.Code, file.Balance.Amount(), file.Account.Overpaid.Amount(), Waiting.DisputedAmount(file).Amount(), claim, AccessoriesView.Of(state, policy), Limitation.Of(policy.Regime, file),
            PolicyView.Of(file.Policy), DebtorView.Of(file.Debtor), invoice.PurchaseOrder, invoice.PaymentUrl, invoice.SentAt, hasDocument, file.RegisteredAt,
            NextView.WithRules(state, policy), CaseParts.Silences(file, policy), CaseParts.Steps(file, policy), [.. file.Tasks.Select(t => TaskView.Of(t, policy))], CaseParts.Payments(file.Account),
            [.. file.Account.CreditNotes.Select(n => new CreditNoteView(n.Id, n.Amount.Amount(), n.Date, n.Reference))], [.. file.Account.DebitNotes.Select(DebitNoteSummary.Of)], [.. file.Procedure.Select(ProcedureView.Of)], timeline, WarningsOf(file, policy))
        {
            Description = invoice.Description,
            Plan = PlanView.Of(file),
            Promise = PromiseView.Of(file),
            Disputes = [.. file.Silences.Disputes.Select(d => DisputeView.Of(d, policy))],
            PendingPayments = [.. file.Silences.Pending.Select(PendingPaymentView.Of)],
        };
    }

    public string? Description { get; init; }

    public PlanView? Plan { get; init; }

    public PromiseView? Promise { get; init; }

    public IReadOnlyList<DisputeView> Disputes { get; init; } = [];

    public IReadOnlyList<PendingPaymentView> PendingPayments { get; init; } = [];
}

internal static class CaseParts
{
    public static IReadOnlyList<StepView> Steps(CaseFile file, Policy policy) => [.. file.Steps.Select(s => new StepView(s.Id, ApiJson.Name(s.Outcome), NextView.Local(s.At, policy), s.Deadline, s.Why,
        [.. s.Legs.Select(l => new LegView(new MessageKey(file.Id, s.Id, l.Channel, l.Sending).ToString(), MessageKey.Name(l.Channel), ApiJson.Name(l.Status), NextView.Local(l.At, policy)!.Value, NextView.Local(l.RetryAt, policy), l.PostedOn, l.Tracking, l.Why))]))];

    public static IReadOnlyList<PaymentView> Payments(Account account)
    {
        var (counted, suspects) = (account.Counted, account.Suspects);
        return [.. account.Payments.Select(p => new PaymentView(p.Id, p.Amount.Amount(), p.Date, p.Source, p.Reference, (p.Amount - account.NetOf(p)).Amount(),
            suspects.Contains(p) ? "possibleDuplicate" : counted.Contains(p) ? "counted" : "duplicate"))];
    }

    public static IReadOnlyList<SilenceView> Silences(CaseFile file, Policy policy)
    {
        var (silences, views) = (file.Silences, new List<SilenceView>());
        if (silences.Insolvency is { } insolvency)
            views.Add(new("insolvency", null, null, $"declare the claim by {insolvency.DeclareBy:yyyy-MM-dd}"));
        views.AddRange(silences.Holds.Select(h => new SilenceView(h.Scope == HoldScope.Debtor ? "debtorHold" : "hold", null, h.EndsAt, h.Reason)));
        views.AddRange(silences.Disputes.Select(d => new SilenceView(d.Amount is null ? "dispute" : "partialDispute", d.Id, null, d.Note)));
        if (silences.Plan is { } plan)
            views.Add(new("plan", plan.Id, plan.CheckAt[^1], null));
        if (silences.Promise is { } promise)
            views.Add(new(promise.Silencing ? "promise" : "promiseNoted", promise.Id, promise.EndsAt, null));
        views.AddRange(silences.Pending.Select(p => new SilenceView("pendingPayment", p.Id, p.EndsAt, null)));
        views.AddRange(silences.Replies.Select(r => new SilenceView(r.Expired ? "replyUnread" : "reply", r.Id, r.EndsAt, null)));
        views.AddRange(file.Account.Suspects.Select(s => new SilenceView("possibleDuplicate", s.Id, null, null)));
        return [.. views.Select(v => v with { Until = NextView.Local(v.Until, policy) })];
    }
}
