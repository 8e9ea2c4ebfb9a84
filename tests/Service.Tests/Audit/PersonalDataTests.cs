using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Lifecycle;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Replies;
using Dunning.Service.Tests.Json;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Xunit;

namespace Dunning.Service.Tests.Audit;

/// <summary>The list of personal data is complete, and what it lists can be taken out.</summary>
public class PersonalDataTests
{
    /// <summary>Texts that say nothing of a person: ids, numbers of vouchers, and words of our own.</summary>
    private static readonly HashSet<string> Plain =
    [
        "CaseEvent.Id", "Registered.Case", "Registered.Creditor", "PaymentReceived.Source", "PaymentReversed.PaymentId", "PendingPaymentFailed.PendingId", "CreditNoteIssued.Reference",
        "DuplicateConfirmed.PaymentId", "DisputeResolved.DisputeId", "PlanAccepted.PlanId", "DebitNoteIssued.Number", "DebitNoteIssued.LegalBasis", "ReplyReceived.Channel", "ReplyClassified.ReplyId",
        "ReplyClassified.Meaning", "CallLogged.Step", "StepApproved.Step", "StepRejected.Step", "StepHastened.Step", "MessageAccepted.Reference", "LetterPosted.Tracking",
        "ProcedureRecorded.Reference", "TaskDone.TaskId", "Invoice.Number", "Invoice.PurchaseOrder", "Payee.Name", "Payee.Iban", "Payee.Bic", "Debtor.Id", "Debtor.Country", "Debtor.Language",
        "PolicyRef.Name", "PolicyRef.Creditor", "ChargedInterest.Basis", "CaseFile.Id", "CaseFile.Creditor", "CaseFile.Applied", "CaseFile.Approved", "CaseFile.Hastened", "Payment.Id", "Payment.Source",
        "Reversal.Id", "Reversal.PaymentId", "CreditNote.Id", "CreditNote.Reference", "DuplicateVerdict.PaymentId", "DebitNote.Number", "Promise.Id", "Plan.Id", "Dispute.Id", "PendingPayment.Id", "Reply.Id",
        "Reply.Channel", "StepRecord.Id", "StepRecord.Template", "StepRecord.About", "Leg.Tracking", "CaseTask.Id", "CaseTask.Subject", "ProcedureEntry.Id", "ProcedureEntry.Reference",
        "OutgoingMessage.Creditor", "OutgoingMessage.FromName", "OutgoingMessage.FromEmail", "OutgoingMessage.ReplyTo", "OutgoingMessage.Language", "OutgoingMessage.PaymentCode", "OutgoingMessage.MessageId",
        "OutgoingMessage.InReplyTo", "Enclosed.FileName", "Enclosed.Sha256", "DebtorProfile.Creditor", "DebtorProfile.Policy", "DebtorHold.Id", "DebtorInsolvency.Id", "UnmatchedReply.Creditor",
        "UnmatchedReply.FactId", "UnmatchedReply.Channel", "UnmatchedReply.Candidate", "UnmatchedReply.AssignedTo", "Unmatched.Creditor", "Unmatched.Source", "Unmatched.FactId", "Unmatched.ProviderPayment",
        "Unmatched.Silenced", "Unmatched.AssignedTo", "Candidate.CaseId", "Candidate.Number", "Assigned.CaseId", "Assigned.PaymentId", "ProviderPayment.Creditor", "ProviderPayment.Provider",
        "ProviderPayment.PaymentId", "ProviderPayment.CaseId", "ProviderPayment.Invoice", "ProviderPayment.From", "ProviderPayment.Source", "PlannedFact.Id", "PlannedFact.Of", "PartReceived.Key", "PartAwaited.Attempt", "PartReturned.Id", "WebhookEvent.Creditor",
        "WebhookEvent.Provider", "WebhookEvent.EventId", "WebhookEvent.Sha256", "WebhookEvent.Why", "LifecycleEntry.Id",
        // Beside cases: the creditor's own people and addresses, what operators set, ids; an address within a debtor goes with it, a list kept by a debtor's name goes altogether.
        "ApiKey.Creditors", "ApiKey.Hash", "ApiKey.Id", "ApiKey.Name", "ApiKey.Role", "AwaitedInvoice.Creditor", "AwaitedInvoice.Payments", "BulkAct.By", "BulkAct.Cases", "BulkAct.Id",
        "BulkAct.Kind", "BulkAct.Policy", "BulkPreview.Sample", "BulkRefusal.CaseId", "BulkRefusal.Number", "BulkRefusal.Why", "CaseLinks.CaseId", "CaseLinks.Creditor", "Collector.Name", "ConsoleSession.KeyId",
        "Creditor.Bic", "Creditor.ConsumerPolicy", "Creditor.Country", "Creditor.Email", "Creditor.EnterpriseNumber", "Creditor.Iban", "Creditor.Id", "Creditor.Language", "Creditor.Name",
        "Creditor.Phone", "Creditor.Policy", "Creditor.PublicPolicy", "Creditor.Siren", "CreditorText.Language", "CreditorText.Name", "CreditorText.Text", "DeadLetter.Endpoint",
        "DeadLetter.Payload", "EnteredRate.Correction", "EnteredRate.EnteredBy", "EnteredRate.Period", "EnteredRate.Series", "EnteredRate.Source", "Joint.Id", "KnownCredit.Id",
        "KnownCredit.ReturnedBy", "KnownCredit.Reverses", "KnownCredit.Withdraws", "Leg.Joined", "Mandator.Name", "MessageClaimed.Joined", "NoticeOfDay.Creditor", "NoticeOfDay.State",
        "NoticeSettings.Creditor", "NoticeSettings.To", "Payer.Debtors", "PaymentLink.Id", "PaymentLink.Provider", "PaymentLink.Url", "PaymentSettings.Creditor", "PaymentSettings.Provider",
        "PaymentSettings.ReturnUrl", "PaymentSettings.Template", "PinnedPolicy.Creditor", "PortalLink.CaseId", "PortalLink.Creditor", "PortalLink.Purpose", "PortalLink.RevokedBy", "PostalAddress.City",
        "PostalAddress.Line1", "PostalAddress.Line2", "PostalAddress.PostalCode", "ProviderKey.Provider", "ProviderKey.Value", "Reconciled.After", "Reconciled.List", "SavedFilter.Creditor",
        "SavedFilter.Name", "SavedFilter.Query", "Sender.Email", "Sender.FromStep", "Sender.Name", "Sender.Phone", "Sender.Role", "SendingSwitch.By", "SendingSwitch.Reason", "SettledPart.CaseId",
        "SettledPart.Number", "SigningSecret.Value", "Telling.Key", "Telling.Kind", "Telling.Slot", "Telling.Statement", "WebhookDelivery.Error", "WebhookDelivery.Id", "WebhookDelivery.Place",
        "WebhookDelivery.Type", "WebhookEndpoint.Creditor", "WebhookEndpoint.Description", "WebhookEndpoint.DisabledBecause", "WebhookEndpoint.Id", "WebhookEndpoint.Place", "WebhookEndpoint.Types",
        "WebhookEndpoint.Url", "WebhookSecret.Value", "WebhookSettings.Creditor", "WebhookSettings.Provider", "WebhookSettings.Subscription", "WebhookSettings.WebhookId",
    ];

    private static readonly Type[] Stored =
    [
        .. typeof(CaseEvent).GetNestedTypes(), typeof(CaseFile), typeof(CaseTask), typeof(OutgoingMessage), typeof(DebtorProfile), typeof(UnmatchedReply), typeof(Unmatched), typeof(ProviderPayment),
        typeof(WebhookEvent), typeof(LifecycleLog),
        // Whatever else is kept: a new kind is in the register, and here.
        .. typeof(Registry).GetProperties().Select(p => p.PropertyType).Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Shelf<>)).Select(t => t.GenericTypeArguments[0]),
    ];

    public static TheoryData<Type> Events() => [.. typeof(CaseEvent).GetNestedTypes()];

    [Fact]
    public void Every_text_that_is_stored_is_listed_as_personal_or_as_plain()
    {
        var (seen, texts) = (new HashSet<Type>(), new HashSet<string>());
        foreach (var type in Stored)
            Walk(type, seen, texts);
        var unlisted = texts.Except(Plain).Order().ToList();
        Assert.True(unlisted.Count == 0, string.Join(", ", unlisted));
        // What is gone from the code goes from the lists.
        Assert.Equal([], Plain.Except(texts).Order());
        Assert.All(PersonalData.Members.Keys, m => Assert.NotNull(m.Type.GetProperty(m.Member)));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_reads_as_it_was_told_and_once_erased_still_reads(Type type)
    {
        var @event = (CaseEvent)DomainJsonTests.Filled(type);
        var body = LogBody.Of(@event);
        Assert.Equal(DomainJson.Write(@event), LogBody.Join(body.Format, body.Hashed, body.Personal));
        Assert.Equal(0, LogBody.Erased(body.Format, body.Hashed, body.Personal));
        var left = LogBody.Forget(body, PersonalKinds.All);
        Assert.Equal((body.Format, body.Hashed), (left.Format, left.Hashed));
        Assert.Null(left.Personal);
        var read = EventBody.Read(1, left.Format, left.Hashed, left.Personal);
        Assert.IsType(type, read);
        Assert.Equal(DomainJson.Write(Erasing.Of(@event, PersonalKinds.All)), DomainJson.Write(read));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void A_plain_row_from_before_is_redacted_and_reads_alike(Type type)
    {
        var @event = (CaseEvent)DomainJsonTests.Filled(type);
        var left = LogBody.Forget(new(LogFormat.Plain, DomainJson.Write(@event), null), PersonalKinds.All);
        Assert.Equal(DomainJson.Write(Erasing.Of(@event, PersonalKinds.All)), DomainJson.Write(EventBody.Read(1, left.Format, left.Hashed, left.Personal)));
    }

    [Fact]
    public void Two_rows_that_say_the_same_of_somebody_do_not_show_it()
    {
        var @event = new CaseEvent.Held("Madame Martin is ill");
        Assert.NotEqual(LogBody.Of(@event).Hashed, LogBody.Of(@event).Hashed);
    }

    [Fact]
    public void A_value_that_was_changed_does_not_fit_its_reference()
    {
        var body = LogBody.Of(new CaseEvent.Held("Madame Martin is ill"));
        Assert.Null(LogBody.Erased(body.Format, body.Hashed, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Personal!).Replace("ill", "dead", StringComparison.Ordinal))));
        Assert.Null(LogBody.Erased(body.Format, body.Hashed, "[\"x\"]"u8));
    }

    [Fact]
    public void A_state_without_its_personal_data_keeps_what_is_owed()
    {
        var state = (DunningCase)DomainJsonTests.Filled(typeof(DunningCase.Closed));
        var left = Erasing.Of(state, PersonalKinds.All).Known!;
        Assert.Equal((PersonalData.Mark, null, null, 0), (left.Debtor.Name, left.Debtor.Email, left.Debtor.Address, left.Debtor.Contacts.Count));
        Assert.Equal(PersonalData.Mark, left.Silences.Disputes[0].Note);
        Assert.Equal((state.Known!.Balance, state.Known.Invoice.Number, state.Known.Invoice.DueDate), (left.Balance, left.Invoice.Number, left.Invoice.DueDate));
        Assert.True(Erasing.IsDone<DunningCase>(new DunningCase.Closed(left, default, default), PersonalKinds.All));
        Assert.False(Erasing.IsDone(state, PersonalKinds.Contact));
    }

    [Fact]
    public void Periods_are_read_and_every_fault_is_named()
    {
        Assert.Equal(new RetentionPeriods { Contact = 10, Webhooks = 0 }, RetentionPeriods.Parse("contact=10 webhooks=0"));
        Assert.Equal(new(), RetentionPeriods.Parse(null));
        var wrong = Assert.Throws<FormatException>(() => RetentionPeriods.Parse("contact=x feed=3, webhooks"));
        Assert.All((string[])["contact=x", "'feed'", "'webhooks'"], w => Assert.Contains(w, wrong.Message, StringComparison.Ordinal));
    }

    private static void Walk(Type type, HashSet<Type> seen, HashSet<string> texts)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType)
            type = type.GenericTypeArguments[^1];
        if (type.IsEnum || type.Namespace?.StartsWith("Dunning", StringComparison.Ordinal) != true || type == typeof(Money) || type == typeof(MessageKey) || type == typeof(Currency) || !seen.Add(type))
            return;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.GetCustomAttribute<JsonIgnoreAttribute>() is null))
            if (PersonalData.Find(property.DeclaringType!, property.Name) is not null)
                continue;
            else if (property.PropertyType == typeof(string) || property.PropertyType == typeof(byte[]) || property.PropertyType.GenericTypeArguments is [var element] && element == typeof(string))
                texts.Add($"{property.DeclaringType!.Name}.{property.Name}");
            else
                Walk(property.PropertyType, seen, texts);
    }
}
