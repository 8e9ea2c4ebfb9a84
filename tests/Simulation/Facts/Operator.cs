using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>The people before whom tasks are put. About a message of unknown fate they find out the truth before they speak.</summary>
internal sealed class Operator(Chance chance, FactMaker facts, PostOffice post)
{
    public CaseEvent? Answer(CaseTask task, CaseFile file, DateOnly today, bool tidy)
    {
        if (!tidy && chance.OneIn(3))
            return null;
        return task.Kind switch
        {
            TaskKind.Approval => chance.OneIn(6) ? new StepRejected(task.Subject!) : new StepApproved(task.Subject!),
            TaskKind.UncertainMessage => Truth(MessageKey.Parse(task.Subject!)),
            TaskKind.Reply => new ReplyClassified(task.Subject!, "other"),
            TaskKind.PossibleDuplicate => new DuplicateConfirmed(task.Subject!, chance.OneIn(2)),
            TaskKind.UnpostedLetter => new LetterPosted(MessageKey.Parse(task.Subject!), today),
            TaskKind.HoldReview when tidy || chance.OneIn(2) => new Released(Enum.Parse<HoldScope>(task.Subject!)),
            TaskKind.DisputeReview when file.Silences.Disputes.FirstOrDefault(d => d.Id == task.Subject) is { } dispute =>
                facts.Resolved(dispute, file),
            TaskKind.PlanProposal when chance.OneIn(2) && facts.Plan(file, today) is { Count: > 0 } parts => new PlanAgreed(parts),
            TaskKind.MissingAddress or TaskKind.RefusedMessage or TaskKind.BouncedMessage when chance.OneIn(2) =>
                new ContactChanged(Cast.Readdressed(chance, file.Debtor)),
            TaskKind.WhatNow or TaskKind.HandOver when chance.OneIn(3) => facts.PayInFull(file, today),
            TaskKind.InvoiceNotSent => new InvoiceSent(task.OpenedAt),
            _ => new TaskDone(task.Id),
        } is { } act ? Named(act) : null;
    }

    // A posting told twice says the same; word that a message never left does not, so it is told once, under an id.
    private CaseEvent Named(CaseEvent act) =>
        act.Id.Length > 0 || act is LetterPosted ? act : facts.Named(act);

    private CaseEvent Truth(MessageKey key) => post.Took(key)
        ? new MessageAccepted(key, "the provider's own list")
        : new MessageDeferred(key, DateTimeOffset.UnixEpoch, "not in the provider's list");
}
