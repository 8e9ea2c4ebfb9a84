using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Lifecycle;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Replies;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;

namespace Dunning.Service.Audit;

/// <summary>What kind of personal data a member holds: each is kept for a time of its own.</summary>
[Flags]
public enum PersonalKinds
{
    None = 0,

    /// <summary>Who a person is and how it is reached.</summary>
    Contact = 1,

    /// <summary>What somebody wrote in words of their own, which may name anybody.</summary>
    Text = 2,

    /// <summary>A message as it left.</summary>
    Message = 4,
    All = Contact | Text | Message,
}

/// <summary>A member that holds personal data, and the JSON that stands in its place once it is erased.</summary>
public sealed record PersonalMember(PersonalKinds Kind, string Erased);

/// <summary>
/// Every member of what is stored that holds personal data: the one list that the log, erasure and retention go by. What an erased address leaves is nothing, so that
/// nobody writes to it; what an erased name or note leaves is a mark, so that whoever reads it sees why it is not there.
/// </summary>
public static class PersonalData
{
    /// <summary>What stands where a name or a text was erased.</summary>
    public const string Mark = "[erased]";

    private static readonly PersonalMember Name = new(PersonalKinds.Contact, $"\"{Mark}\"");
    private static readonly PersonalMember Address = new(PersonalKinds.Contact, "null");
    private static readonly PersonalMember People = new(PersonalKinds.Contact, "[]");
    private static readonly PersonalMember Note = new(PersonalKinds.Text, $"\"{Mark}\"");
    private static readonly PersonalMember Words = new(PersonalKinds.Message, $"\"{Mark}\"");
    private static readonly PersonalMember Page = new(PersonalKinds.Message, "null");

    public static IReadOnlyDictionary<(Type Type, string Member), PersonalMember> Members { get; } = new Dictionary<(Type, string), PersonalMember>
    {
        [(typeof(Debtor), nameof(Debtor.Name))] = Name,
        [(typeof(Debtor), nameof(Debtor.Email))] = Address,
        [(typeof(Debtor), nameof(Debtor.Phone))] = Address,
        [(typeof(Debtor), nameof(Debtor.Address))] = Address,
        // Of one who trades alone it is the person's own.
        [(typeof(Debtor), nameof(Debtor.Siren))] = Address,
        [(typeof(Debtor), nameof(Debtor.Contacts))] = People,
        [(typeof(Invoice), nameof(Invoice.Description))] = Note,
        [(typeof(Invoice), nameof(Invoice.PaymentUrl))] = Address,

        [(typeof(CaseEvent.PaymentReceived), nameof(CaseEvent.PaymentReceived.Reference))] = Note,
        [(typeof(CaseEvent.PaymentReversed), nameof(CaseEvent.PaymentReversed.Reason))] = Note,
        [(typeof(CaseEvent.PaymentPending), nameof(CaseEvent.PaymentPending.Reference))] = Note,
        [(typeof(CaseEvent.PendingPaymentFailed), nameof(CaseEvent.PendingPaymentFailed.Reason))] = Note,
        [(typeof(CaseEvent.InvoiceAmended), nameof(CaseEvent.InvoiceAmended.Reason))] = Note,
        [(typeof(CaseEvent.DisputeOpened), nameof(CaseEvent.DisputeOpened.Note))] = Note,
        [(typeof(CaseEvent.PlanAccepted), nameof(CaseEvent.PlanAccepted.By))] = Name,
        [(typeof(CaseEvent.PlanAccepted), nameof(CaseEvent.PlanAccepted.Evidence))] = Note,
        [(typeof(CaseEvent.Held), nameof(CaseEvent.Held.Reason))] = Note,
        [(typeof(CaseEvent.ReplyReceived), nameof(CaseEvent.ReplyReceived.Text))] = Note,
        [(typeof(CaseEvent.ReplyReceived), nameof(CaseEvent.ReplyReceived.From))] = Name,
        [(typeof(CaseEvent.Cancelled), nameof(CaseEvent.Cancelled.Reason))] = Note,
        [(typeof(CaseEvent.WrittenOff), nameof(CaseEvent.WrittenOff.Reason))] = Note,
        [(typeof(CaseEvent.CallLogged), nameof(CaseEvent.CallLogged.Outcome))] = Note,
        [(typeof(CaseEvent.CallLogged), nameof(CaseEvent.CallLogged.Note))] = Note,
        [(typeof(CaseEvent.StepRejected), nameof(CaseEvent.StepRejected.Reason))] = Note,
        // Providers put addresses into their reasons.
        [(typeof(CaseEvent.MessageBounced), nameof(CaseEvent.MessageBounced.Reason))] = Note,
        [(typeof(CaseEvent.MessageRefused), nameof(CaseEvent.MessageRefused.Reason))] = Note,
        [(typeof(CaseEvent.MessageUncertain), nameof(CaseEvent.MessageUncertain.Reason))] = Note,
        [(typeof(CaseEvent.MessageDeferred), nameof(CaseEvent.MessageDeferred.Reason))] = Note,
        [(typeof(CaseEvent.TaskDone), nameof(CaseEvent.TaskDone.Note))] = Note,
        [(typeof(CaseEvent.EventSetAside), nameof(CaseEvent.EventSetAside.Reason))] = Note,

        [(typeof(Payment), nameof(Payment.Reference))] = Note,
        [(typeof(Hold), nameof(Hold.Reason))] = Note,
        [(typeof(Dispute), nameof(Dispute.Note))] = Note,
        [(typeof(PendingPayment), nameof(PendingPayment.Reference))] = Note,
        [(typeof(PlanAcceptance), nameof(PlanAcceptance.By))] = Name,
        [(typeof(PlanAcceptance), nameof(PlanAcceptance.Evidence))] = Note,
        [(typeof(StepRecord), nameof(StepRecord.Why))] = Note,
        [(typeof(Leg), nameof(Leg.Why))] = Note,
        [(typeof(CaseTask), nameof(CaseTask.Note))] = Note,

        [(typeof(OutgoingMessage), nameof(OutgoingMessage.To))] = Words,
        [(typeof(OutgoingMessage), nameof(OutgoingMessage.ToName))] = Page,
        [(typeof(OutgoingMessage), nameof(OutgoingMessage.Subject))] = Words,
        [(typeof(OutgoingMessage), nameof(OutgoingMessage.Body))] = Words,
        [(typeof(OutgoingMessage), nameof(OutgoingMessage.Html))] = Page,
        [(typeof(OutgoingMessage), nameof(OutgoingMessage.Markdown))] = Page,
        [(typeof(OutgoingMessage), nameof(OutgoingMessage.Pdf))] = Page,

        [(typeof(DebtorProfile), nameof(DebtorProfile.Risk))] = Address,
        [(typeof(DebtorHold), nameof(DebtorHold.Reason))] = Note,
        [(typeof(UnmatchedReply), nameof(UnmatchedReply.From))] = Name,
        [(typeof(UnmatchedReply), nameof(UnmatchedReply.Text))] = Note,
        [(typeof(Unmatched), nameof(Unmatched.Reference))] = Note,
        [(typeof(Unmatched), nameof(Unmatched.PayerName))] = Address,
        [(typeof(Unmatched), nameof(Unmatched.PayerIban))] = Address,
        [(typeof(Candidate), nameof(Candidate.Why))] = Note,
        [(typeof(ProviderPayment), nameof(ProviderPayment.PayerName))] = Address,
        [(typeof(ProviderPayment), nameof(ProviderPayment.Description))] = Address,
        [(typeof(WebhookEvent), nameof(WebhookEvent.Body))] = new(PersonalKinds.Text, "\"\""),
        [(typeof(LifecycleEntry), nameof(LifecycleEntry.Reason))] = Note,
        [(typeof(BulkAct), nameof(BulkAct.Reason))] = Note,
    };

    /// <summary>Null for a member without personal data.</summary>
    public static PersonalMember? Find(Type type, string member) => Members.GetValueOrDefault((type, member));
}
