using Dunning.Domain;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Bank;
using Dunning.Service.Postage;
using Dunning.Service.Replies;
using Dunning.Service.Simulation;

namespace Dunning.Service.Api;

/// <summary>Every operation of the API, written once: hosts map this table, OpenAPI describes it.</summary>
public sealed class Routes(
    InvoiceOperations invoices, ImportOperation import, FactOperations facts, ActOperations acts, MessageOperations messages, TaskOperations tasks,
    DebtorOperations debtors, TenantOperations tenants, PolicyOperations policies, TextOperations texts, ClaimOperations claims, RateOperations rates, HandOverOperations handOver, LetterOperations letters, PlanOperations plans, DebitNoteOperations debitNotes, SimulationOperation simulation, UnmatchedOperations unmatched, WebhookOperations webhooks, WebhookSettingOperations webhookSettings, InboundDeliveryOperations inboundDeliveries, PaymentSettingOperations paymentSettings, StatementOperation statements, ReportOperations reports, ReplyOperations replies, LifecycleOperations lifecycle, HealthOperations health,
    EventOperations events, WebhookEndpointOperations endpoints, DeliveryOperations deliveries,
    IEnumerable<IHostOperations> hosts)
{
    public IReadOnlyList<Operation> All =>
    [
        .. Invoices(), .. Facts(), .. Acts(), .. Messages(), .. Letters(), .. Papers(), .. Tasks(), .. Debtors(), .. Tenants(), .. Claims(), .. Recovery(), .. Texts(), .. Money(), .. InboundDeliveries(), .. PaymentLinks(), .. Replies(), .. Events(), .. hosts.SelectMany(h => h.Operations),
        new("simulate", "POST", "/api/simulations", Role.Read, "What will happen to an invoice", simulation.Simulate)
        {
            Group = "Simulations", Example = Examples.Simulation, Response = typeof(SimulationView),
        },
        new("health", "GET", "/healthz", Role.Anonymous, "The process is alive", HealthOperations.Live) { Group = "Health" },
        new("ready", "GET", "/readyz", Role.Anonymous, "The store answers", health.Ready) { Group = "Health" },
        new("openapi", "GET", "/openapi/v1.json", Role.Anonymous, "This description", _ => Task.FromResult(Answer.Ok(OpenApi.Describe(All)))) { Group = "Health" },
    ];

    private IEnumerable<Operation> Invoices()
    {
        Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle) => new(name, method, route, role, summary, handle) { Group = "Invoices" };
        yield return Of("registerInvoice", "POST", "/api/invoices", Role.Ingest, "Register an invoice to be chased", invoices.Register) with
        {
            Example = Examples.Registration,
            Response = typeof(FactView),
            SuccessStatus = 202,
        };
        yield return Of("listInvoices", "GET", "/api/invoices", Role.Read, "Cases by creditor, status, debtor, number, due date and balance", invoices.List) with
        {
            Response = typeof(PageView<CaseSummary>),
            Query = ["creditor", "status", "debtor", "number", "dueBefore", "dueAfter", "minBalance", "updatedSince", "sort", "cursor", "limit"],
        };
        yield return Of("importInvoices", "POST", "/api/invoices/import", Role.Ingest, "Import a ledger, CSV or JSON lines; a result per line", import.Import) with
        {
            RawBody = true,
            Response = typeof(ImportResult),
            Query = ["creditor", "start", "dryRun"],
        };
        yield return Of("getInvoice", "GET", "/api/invoices/{id}", Role.Read, "All there is to know of a case", invoices.Get) with { Response = typeof(CaseView) };
        yield return Of("upsertInvoice", "PUT", "/api/creditors/{creditor}/invoices/{number}", Role.Ingest, "Register, or bring contact and due date up to date", invoices.Upsert) with
        {
            Example = Examples.Registration,
            Response = typeof(FactView),
        };
        yield return Of("putDocument", "PUT", "/api/invoices/{id}/document", Role.Ingest, "The invoice's PDF", invoices.PutDocument) with { RawBody = true };
    }

    private IEnumerable<Operation> Facts()
    {
        Operation Of(string name, string route, string summary, Func<ApiRequest, Task<Answer>> handle, object? example) =>
            new(name, "POST", $"/api/invoices/{{id}}/{route}", Role.Ingest, summary, handle) { Group = "Facts", Example = example, Response = typeof(FactView), SuccessStatus = 202 };
        yield return Of("addPayment", "payments", "Money arrived", facts.Payment, Examples.Payment);
        yield return Of("addReversal", "reversals", "Money came back", facts.Reversal, new { id = "rev-1", paymentId = "pay-1" });
        yield return Of("addPendingPayment", "pending-payments", "Money is on its way: a debit, a card, a cheque", facts.PendingPayment, new { id = "debit-1", expectedOn = "2026-11-12", amount = 500.00m });
        yield return Of("failPendingPayment", "pending-payments/{pending}/failed", "It did not arrive", facts.PendingPaymentFailed, new { reason = "insufficient funds" }) with { BodyOptional = true };
        yield return Of("addCreditNote", "credit-notes", "A credit note was issued", facts.CreditNote, new { id = "cn-1", amount = 100.00m, date = "2026-11-10" });
        yield return Of("judgeDuplicate", "payments/{payment}/duplicate", "A person's word on a possible duplicate", facts.Duplicate, new { sameMoney = true }) with { Role = Role.Operator };
        yield return Of("addPromise", "promises", "The debtor promises to pay", facts.Promise, new { id = "promise-1", date = "2026-11-20", amount = 500.00m });
        yield return Of("addDispute", "disputes", "The debtor disputes the invoice, or part of it", facts.Dispute, new { id = "dispute-1", kind = "commercial", code = "quality", amount = 120.00m, note = "Two crates were damaged." });
        yield return Of("resolveDispute", "disputes/{dispute}/resolve", "upheld, credited or rejected", facts.Resolve, new { outcome = "credited", amount = 60.00m }) with { Role = Role.Operator };
        yield return Of("addPlan", "plans", "A payment plan, agreed; or proposed by the debtor", facts.Plan, Examples.Plan);
        yield return Of("addReply", "replies", "The debtor answered", facts.Reply, new { id = "reply-1", channel = "email", from = "compta@example.org", at = "2026-11-02T09:30:00+01:00", text = "Nous payons vendredi." });
        yield return Of("classifyReply", "replies/{reply}/classify", "A person read the answer", facts.ClassifyReply, new { meaning = "promise" }) with { Role = Role.Operator };
    }

    private IEnumerable<Operation> Acts()
    {
        Operation Of(string name, string route, string summary, Func<ApiRequest, Task<Answer>> handle, object? example) =>
            new(name, "POST", $"/api/invoices/{{id}}/{route}", Role.Operator, summary, handle) { Group = "Acts", Example = example, Response = typeof(FactView), SuccessStatus = 202, BodyOptional = true };
        yield return Of("hold", "hold", "Silence the case", acts.Hold, new { reason = "Commercial talk", until = "2026-12-01" });
        yield return Of("release", "release", "End the hold", acts.Release, new { });
        yield return Of("cancel", "cancel", "Nothing is owed after all", acts.Cancel, new { reason = "Invoiced by mistake" });
        yield return Of("writeOff", "write-off", "Give the balance up", acts.WriteOff, new { reason = "Irrecoverable" });
        yield return Of("logCall", "calls", "A call was made", acts.Call, new { step = "call", outcome = "reached", note = "Will pay on Friday." });
        yield return Of("recordProcedure", "procedure", "What happened in court: filed, ordered, served, opposed, enforceable, ended", acts.Procedure, new { procedure = "paymentOrder", stage = "filed", date = "2026-10-01", reference = "21/2026/000123" }) with { BodyOptional = false };
        yield return Of("changeContact", "contact", "A new address", acts.Contact, new { email = "compta@example.org" }) with { Role = Role.Ingest };
        yield return Of("changeDueDate", "due-date", "Another due date", acts.DueDate, new { dueDate = "2026-11-30" }) with { Role = Role.Ingest };
        yield return Of("amend", "amend", "Another amount", acts.Amend, new { amount = 1100.00m, reason = "Wrong VAT rate" });
        yield return Of("markSent", "sent", "The debtor has the invoice", acts.Sent, new { sentAt = "2026-10-01T09:00:00+02:00" }) with { Role = Role.Ingest };
        yield return Of("movePolicy", "policy", "Another policy", acts.Policy, new { policy = "fr-b2b-fast" });
        yield return Of("approveStep", "steps/{step}/approve", "Let a step leave", acts.Approve, new { });
        yield return Of("rejectStep", "steps/{step}/reject", "Let a step lapse", acts.Reject, new { reason = "A good customer" });
        yield return Of("sendNow", "steps/{step}/send-now", "Do not wait for the nominal date of the next step", acts.SendNow, new { });
        yield return new("previewStep", "GET", "/api/invoices/{id}/steps/{step}/preview", Role.Read, "What a step will say, as things stand", acts.Preview) { Group = "Acts", Response = typeof(PreviewsView) };
        yield return new("previewStepPost", "POST", "/api/invoices/{id}/steps/{step}/preview", Role.Read, "What a step will say, as things stand", acts.Preview) { Group = "Acts", Response = typeof(PreviewsView), BodyOptional = true };
    }

    // A message key holds slashes; both of its spellings in a path are understood.
    private IEnumerable<Operation> Messages()
    {
        foreach (var (suffix, route) in new[] { ("", "{step}/{channel}/{sending}"), ("ByKey", "{key}") })
        {
            var path = $"/api/invoices/{{id}}/messages/{route}";
            yield return new("getMessage" + suffix, "GET", path, Role.Read, "A message exactly as sent; format=pdf is a letter as printed, format=html the page of an e-mail", messages.Get) { Group = "Messages", Response = typeof(MessageView), Query = ["format"] };
            yield return new("tellOutcome" + suffix, "POST", path + "/outcome", Role.Operator, "What became of a message: accepted, notSent, refused, delivered, bounced; for a letter also posted, refusedByAddressee, unclaimed, unknownAddress", messages.Outcome)
            {
                Group = "Messages",
                Example = new { outcome = "accepted" },
                Response = typeof(FactView),
                SuccessStatus = 202,
            };
            yield return new("resend" + suffix, "POST", path + "/resend", Role.Operator, "Send a message again, under the same rules", messages.Resend)
            {
                Group = "Messages",
                Response = typeof(FactView),
                SuccessStatus = 202,
                BodyOptional = true,
            };
        }
    }

    private IEnumerable<Operation> Letters()
    {
        yield return new("listLetters", "GET", "/api/letters", Role.Read, "The letters made on a day, for whoever posts them", letters.List)
        {
            Group = "Letters",
            Response = typeof(PageView<PostedLetter>),
            Query = ["date", "creditor", "posted", "bothSides", "cursor", "limit"],
        };
        yield return new("exportLetters", "GET", "/api/letters/export", Role.Operator, "They and their manifest, as CSV and JSON, in a ZIP", letters.Export)
        {
            Group = "Letters",
            Query = ["date", "creditor", "bothSides"],
        };
        yield return new("postLetters", "POST", "/api/letters/postings", Role.Operator, "The manifest back, with posting dates and tracking numbers; a result per line", letters.Post)
        {
            Group = "Letters",
            RawBody = true,
            Response = typeof(PostingResult),
            Query = ["date"],
        };
    }

    private IEnumerable<Operation> Papers()
    {
        yield return new("getPlanDocument", "GET", "/api/invoices/{id}/plans/{plan}/document", Role.Read, "The agreement on a plan as a PDF, to be signed", plans.Document) { Group = "Papers" };
        yield return new("acceptPlan", "POST", "/api/invoices/{id}/plans/{plan}/accepted", Role.Operator, "The debtor signed the agreement, which recognises the debt", plans.Accept)
        {
            Group = "Papers",
            Example = new { date = "2026-11-02", by = "Jeanne Martin, gérante", evidence = "GED 2026-4711" },
            Response = typeof(FactView),
            SuccessStatus = 202,
        };
        yield return new("issueDebitNote", "POST", "/api/invoices/{id}/debit-notes", Role.Operator, "Charge interest and indemnity on a numbered document outside VAT", debitNotes.Issue)
        {
            Group = "Papers",
            Example = new { asOf = "2026-11-02" },
            Response = typeof(DebitNoteView),
            SuccessStatus = 201,
            BodyOptional = true,
        };
        yield return new("getDebitNote", "GET", "/api/invoices/{id}/debit-notes/{number}", Role.Read, "A debit note; format=pdf is the paper", debitNotes.Get)
        {
            Group = "Papers",
            Response = typeof(DebitNoteView),
            Query = ["format"],
        };
    }

    private IEnumerable<Operation> Tasks()
    {
        yield return new("listTasks", "GET", "/api/tasks", Role.Read, "What waits for a person", tasks.List)
        {
            Group = "Tasks",
            Response = typeof(PageView<ListedTaskView>),
            Query = ["creditor", "kind", "case", "cursor", "limit"],
        };
        yield return new("finishTask", "POST", "/api/tasks/{task}/done", Role.Operator, "It is done", tasks.Done)
        {
            Group = "Tasks",
            Example = new { note = "Called, will pay." },
            Response = typeof(FactView),
            SuccessStatus = 202,
            BodyOptional = true,
        };
    }

    private IEnumerable<Operation> Debtors()
    {
        Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle, object? example) =>
            new(name, method, "/api/debtors/{id}" + route, role, summary, handle) { Group = "Debtors", Example = example, BodyOptional = method == "POST", Query = ["creditor"] };
        yield return Of("putDebtor", "PUT", "", Role.Ingest, "Who a debtor is", debtors.Put, Examples.Debtor) with { Response = typeof(DebtorPage) };
        yield return Of("getDebtor", "GET", "", Role.Read, "A debtor, all its invoices, one statement", debtors.Get, null) with { Response = typeof(DebtorPage) };
        yield return Of("holdDebtor", "POST", "/hold", Role.Operator, "Silence every case of a debtor, and those to come", debtors.Hold, new { reason = "Key account" }) with { Response = typeof(DebtorFact), SuccessStatus = 202 };
        yield return Of("releaseDebtor", "POST", "/release", Role.Operator, "End the hold", debtors.Release, new { }) with { Response = typeof(DebtorFact), SuccessStatus = 202 };
        yield return Of("openInsolvency", "POST", "/insolvency", Role.Operator, "A judgment opened insolvency proceedings", debtors.Insolvency, new { judgmentDate = "2026-11-02", publishedOn = "2026-11-10" }) with
        {
            Response = typeof(DebtorFact),
            SuccessStatus = 202,
            BodyOptional = false,
        };
    }

    private IEnumerable<Operation> Claims()
    {
        yield return new("calculateClaim", "POST", "/api/claims/calculate", Role.Read, "What is owed: principal, interest, indemnity, with segments and articles", claims.Calculate)
        {
            Group = "Claims",
            Example = Examples.Claim,
            Response = typeof(ClaimView),
        };
        yield return new("getClaim", "GET", "/api/invoices/{id}/claim", Role.Read, "What is owed for an invoice at the end of a day, today unless said", claims.OfInvoice)
        {
            Group = "Claims",
            Response = typeof(ClaimView),
            Query = ["asOf"],
        };
        yield return new("listRates", "GET", "/api/rates", Role.Read, "The published rates claims are computed with", rates.List) { Group = "Claims", Response = typeof(PageView<RateView>), Query = ["series"] };
        yield return new("putRate", "PUT", "/api/rates/{series}/{semester}", Role.Admin, "A rate that has been published; or, with a reason, its correction", rates.Put)
        {
            Group = "Claims",
            Example = Examples.Rate,
            Response = typeof(RateView),
            SuccessStatus = 201,
        };
    }

    private IEnumerable<Operation> Recovery()
    {
        yield return new("getHandOverFile", "GET", "/api/invoices/{id}/hand-over-file", Role.Operator, "All that a collection agency, a lawyer or the court registry needs, as one ZIP; part=request is the drafted request alone, part=summary the summary", handOver.File)
        {
            Group = "Recovery",
            Produces = "application/zip",
            Query = ["part", "procedure"],
        };
        yield return new("getRecoveryRoutes", "GET", "/api/invoices/{id}/recovery-routes", Role.Read, "Which ways to a title are open, and what is missing; a person decides", handOver.Routes)
        {
            Group = "Recovery",
            Response = typeof(HandOver.RecoveryRoutesView),
        };
    }

    private IEnumerable<Operation> Tenants()
    {
        Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle, object? example = null) =>
            new(name, method, "/api/" + route, role, summary, handle) { Group = "Settings", Example = example };
        yield return Of("listCreditors", "GET", "creditors", Role.Read, "Creditors", tenants.ListCreditors) with { Query = ["cursor", "limit"], Response = typeof(PageView<CreditorView>) };
        yield return Of("putCreditor", "PUT", "creditors/{id}", Role.Admin, "Who is owed", tenants.PutCreditor, Examples.Creditor) with { Response = typeof(CreditorView) };
        yield return Of("getCreditor", "GET", "creditors/{id}", Role.Read, "A creditor", tenants.GetCreditor) with { Response = typeof(CreditorView) };
        yield return Of("putLedger", "PUT", "creditors/{id}/ledger", Role.Ingest, "The date up to which the books are known", tenants.PutLedger, new { asOf = "2026-10-31" }) with { Response = typeof(CreditorView) };
        yield return Of("putCreditorSending", "PUT", "creditors/{id}/sending", Role.Operator, "The creditor's stop switch", tenants.PutCreditorSending, new { stopped = true }) with { Response = typeof(CreditorView) };
        yield return Of("getSending", "GET", "sending", Role.Read, "The global stop switch", tenants.GetSending);
        yield return Of("putSending", "PUT", "sending", Role.Admin, "The global stop switch", tenants.PutSending, new { stopped = true, reason = "Wrong price list" });
        yield return Of("listPolicies", "GET", "policies", Role.Read, "Policies, the creditor's own first", policies.List) with { Query = ["creditor"] };
        yield return Of("getPolicy", "GET", "policies/{name}", Role.Read, "A policy", policies.Get) with { Query = ["creditor", "version"] };
        yield return Of("putPolicy", "PUT", "policies/{name}", Role.Admin, "A new version of a policy", policies.Put, Examples.Policy) with { Query = ["creditor"], SuccessStatus = 201 };
        yield return Of("listKeys", "GET", "keys", Role.Admin, "API keys, without their secrets", tenants.ListKeys) with { Query = ["cursor", "limit"], Response = typeof(PageView<KeyView>) };
        yield return Of("addKey", "POST", "keys", Role.Admin, "A new API key; its secret is shown once", tenants.AddKey, new { name = "Accounting", role = "ingest", creditors = new[] { "demo" } }) with { Response = typeof(NewKeyView), SuccessStatus = 201 };
        yield return Of("revokeKey", "POST", "keys/{id}/revoke", Role.Admin, "Take a key away", tenants.RevokeKey) with { BodyOptional = true };
    }

    private IEnumerable<Operation> Money()
    {
        yield return new("listUnmatched", "GET", "/api/unmatched", Role.Read, "Money that arrived and whose invoice nobody is sure of", unmatched.List)
        {
            Group = "Money",
            Response = typeof(PageView<UnmatchedView>),
            Query = ["creditor", "cursor", "limit"],
        };
        yield return new("assignUnmatched", "POST", "/api/unmatched/{id}/assign", Role.Operator, "Say which invoice the money pays; amount where its source did not say", unmatched.Assign)
        {
            Group = "Money",
            Response = typeof(AssignedView),
            SuccessStatus = 202,
        };
        yield return new("receiveWebhook", "POST", "/api/webhooks/{provider}/{creditor}", Role.Anonymous, "What a payment provider has to say, authenticated by its signature", webhooks.Receive)
        {
            Group = "Money",
            RawBody = true,
            Response = typeof(WebhookReceipt),
        };
        yield return new("putWebhook", "PUT", "/api/creditors/{creditor}/webhooks/{provider}", Role.Admin, "The secrets a provider signs with, several during a rotation", webhookSettings.Put)
        {
            Group = "Money",
            Response = typeof(WebhookSettingsView),
        };
        yield return new("getWebhook", "GET", "/api/creditors/{creditor}/webhooks/{provider}", Role.Admin, "Their fingerprints", webhookSettings.Get)
        {
            Group = "Money",
            Response = typeof(WebhookSettingsView),
        };
        yield return new("takeStatement", "POST", "/api/statements", Role.Ingest, "Take in a bank statement: camt.053, camt.054 or CSV; a result per line", statements.Take)
        {
            Group = "Money",
            RawBody = true,
            Response = typeof(StatementResult),
            Query = ["creditor", "format", "profile", "account", "dryRun"],
        };
    }

    private IEnumerable<Operation> InboundDeliveries()
    {
        yield return new("listInboundDeliveries", "GET", "/api/webhook-deliveries", Role.Operator, "What payment providers delivered, and what became of it", inboundDeliveries.List)
        {
            Group = "Money",
            Response = typeof(InboundDeliveryPageView),
            Query = ["creditor", "provider", "outcome", "cursor", "limit"],
        };
        yield return new("processInboundDelivery", "POST", "/api/webhook-deliveries/{id}/process", Role.Operator, "Process a delivery once more", inboundDeliveries.Process)
        {
            Group = "Money",
            Response = typeof(InboundDeliveryView),
            BodyOptional = true,
            SuccessStatus = 202,
        };
    }

    private IEnumerable<Operation> Replies()
    {
        Operation Door(string name, string method, string route, string summary, Func<ApiRequest, Task<Answer>> handle) =>
            new(name, method, $"/api/webhooks/{route}/{{creditor}}", Role.Anonymous, summary, handle) { Group = "Replies", RawBody = true };
        yield return Door("receiveTwilio", "POST", "twilio", "What became of an SMS, and SMS to us, authenticated by Twilio's signature", reports.Twilio) with { Produces = "text/xml" };
        yield return Door("receiveEmailReport", "POST", "email", "E-mail delivery reports through Event Grid, in its own schema or as CloudEvents, authenticated by a secret", reports.Email) with { Response = typeof(ReportReceipt), Query = ["secret"] };
        yield return Door("allowEmailReport", "OPTIONS", "email", "The handshake of CloudEvents", reports.Handshake) with { Query = ["secret"] };
        yield return Door("receiveMail", "POST", "mail", "A mail as it arrived, message/rfc822: an answer, or a mail server's report, authenticated by a secret", replies.Mail) with { Response = typeof(HeardOutcome), Query = ["secret"] };
        yield return new("getReplyMail", "GET", "/api/invoices/{id}/replies/{reply}/mail", Role.Read, "The mail a reply was, as it came", replies.Original) { Group = "Replies", Produces = "message/rfc822" };
        yield return new("listUnmatchedReplies", "GET", "/api/unmatched-replies", Role.Read, "Answers whose case nobody knows, or whose case is closed", replies.Unmatched)
        {
            Group = "Replies",
            Response = typeof(PageView<UnmatchedReplyView>),
            Query = ["creditor", "cursor", "limit"],
        };
        yield return new("assignUnmatchedReply", "POST", "/api/unmatched-replies/{id}/assign", Role.Operator, "Say which invoice an answer is about, or that it is about none", replies.Assign)
        {
            Group = "Replies",
            Response = typeof(SettledReplyView),
            SuccessStatus = 202,
        };
        yield return new("tellLifecycle", "POST", "/api/invoices/{id}/lifecycle", Role.Ingest, "A status of the invoice on an e-invoicing platform, by its code or its name", lifecycle.Tell)
        {
            Group = "Facts",
            Example = Examples.Lifecycle,
            Response = typeof(LifecycleView),
            SuccessStatus = 202,
        };
    }

    private IEnumerable<Operation> PaymentLinks()
    {
        Operation Of(string name, string method, string summary, Func<ApiRequest, Task<Answer>> handle) =>
            new(name, method, "/api/creditors/{creditor}/payments", Role.Admin, summary, handle) { Group = "Money", Response = typeof(PaymentSettingsView) };
        yield return Of("putPaymentSettings", "PUT", "How debtors pay online: the provider that makes links, or an address of the creditor's own", paymentSettings.Put) with { Example = Examples.PaymentSettings, SuccessStatus = 201 };
        yield return Of("getPaymentSettings", "GET", "How debtors pay online; keys by their fingerprints", paymentSettings.Get);
    }

    private IEnumerable<Operation> Events()
    {
        Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle, object? example = null) =>
            new(name, method, "/api/webhook-endpoints" + route, role, summary, handle) { Group = "Events", Example = example, Response = typeof(WebhookEndpointView), BodyOptional = method != "PUT" && example is null };
        yield return new("listEvents", "GET", "/api/events", Role.Read, "What happened, in order, for thirty days; ask again after nextCursor", events.List)
        {
            Group = "Events",
            Response = typeof(FeedView),
            Query = ["creditor", "after", "cursor", "limit", "type"],
        };
        yield return Of("addWebhookEndpoint", "POST", "", Role.Admin, "Tell a platform what happens; the secret is shown once", endpoints.Add, Examples.WebhookEndpoint) with { SuccessStatus = 201 };
        yield return Of("listWebhookEndpoints", "GET", "", Role.Operator, "Who is told, and what is stuck", endpoints.List) with { Response = typeof(PageView<WebhookEndpointView>), Query = ["creditor"] };
        yield return Of("getWebhookEndpoint", "GET", "/{id}", Role.Operator, "One of them", endpoints.Get);
        yield return Of("putWebhookEndpoint", "PUT", "/{id}", Role.Admin, "Another address, other types; off, or on again", endpoints.Put, new { url = "https://platform.example.org/dunning", types = new[] { "invoice.paid" } });
        yield return Of("deleteWebhookEndpoint", "DELETE", "/{id}", Role.Admin, "Tell it no more", endpoints.Delete) with { Response = typeof(DeletedView) };
        yield return Of("rotateWebhookSecret", "POST", "/{id}/rotate", Role.Admin, "A new secret; the old one signs beside it for a day", endpoints.Rotate);
        yield return Of("testWebhookEndpoint", "POST", "/{id}/test", Role.Admin, "Send a test event at once", endpoints.Test) with { Response = typeof(TestCallView) };
        yield return Of("listDeliveries", "GET", "/{id}/deliveries", Role.Operator, "Deliveries: dead ones unless state says pending or delivered", deliveries.List) with { Response = typeof(PageView<DeliveryView>), Query = ["state", "cursor", "limit"] };
        yield return Of("replayDelivery", "POST", "/{id}/deliveries/{delivery}/replay", Role.Operator, "Deliver it again", deliveries.Replay) with { Response = typeof(ReplayView), SuccessStatus = 202 };
        yield return Of("replayDeadDeliveries", "POST", "/{id}/replay", Role.Operator, "Deliver again all that is dead since an instant", deliveries.ReplayDead, new { since = "2026-10-01T00:00:00Z" }) with { Response = typeof(ReplayView), SuccessStatus = 202 };
    }

    private IEnumerable<Operation> Texts()
    {
        Operation Of(string name, string method, Role role, string summary, Func<ApiRequest, Task<Answer>> handle) =>
            new(name, method, "/api/creditors/{creditor}/texts/{language}/{name}", role, summary, handle) { Group = "Texts", Response = typeof(TextView) };
        yield return new("listTexts", "GET", "/api/creditors/{creditor}/texts", Role.Read, "The texts a creditor sends, shipped and its own", texts.List) { Group = "Texts", Response = typeof(PageView<TextView>) };
        yield return Of("getText", "GET", Role.Read, "A text as its author wrote it", texts.Get);
        yield return Of("putText", "PUT", Role.Admin, "A text of the creditor's own, Markdown in UTF-8, in place of the shipped one", texts.Put) with { RawBody = true };
        yield return Of("deleteText", "DELETE", Role.Admin, "Back to the shipped text", texts.Delete) with { BodyOptional = true };
        yield return new("previewTemplate", "GET", "/api/templates/preview", Role.Read, "Any text for a sample case, in any language; format=html shows an e-mail's page", texts.Preview)
        {
            Group = "Texts",
            Response = typeof(TextPreview),
            Query = ["template", "channel", "language", "regime", "kind", "step", "creditor", "format"],
        };
    }
}
