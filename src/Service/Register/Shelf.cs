using System.Text;
using Dunning.Domain;
using Dunning.Service.Bank;
using Dunning.Service.Claims;
using Dunning.Service.Console;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Lifecycle;
using Dunning.Service.Links;
using Dunning.Service.Outgoing;
using Dunning.Service.Portal;
using Dunning.Service.Receipts;
using Dunning.Service.Replies;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;

namespace Dunning.Service.Register;

/// <summary>A value read from the documents with the version it had.</summary>
public sealed record Shelved<T>(T Value, long Version);

/// <summary>Typed access to the documents: one shelf per kind.</summary>
public sealed class Shelf<T>(IDocuments documents, string kind)
{
    public async Task<Shelved<T>?> Get(string id, CancellationToken ct) =>
        await documents.Get(kind, id, ct) is { } document ? Read(document) : null;

    /// <summary>False if the version has moved; version 0 means it must not exist yet.</summary>
    public Task<bool> Put(string id, string? owner, T value, long version, Receipt? receipt, CancellationToken ct) =>
        documents.Put(new(kind, id, owner, Encoding.UTF8.GetString(DomainJson.Write(value)), version), receipt, ct);

    public async Task<IReadOnlyList<(string Id, T Value)>> List(string? owner, string? after, int limit, CancellationToken ct) =>
        [.. (await documents.List(kind, owner, after, limit, ct)).Select(d => (d.Id, Read(d).Value))];

    /// <summary>Every one of an owner's, with its version; few enough to be read at once.</summary>
    public async Task<IReadOnlyList<(string Id, Shelved<T> Kept)>> Of(string owner, CancellationToken ct) =>
        [.. (await documents.List(kind, owner, null, 1000, ct)).Select(d => (d.Id, Read(d)))];

    private static Shelved<T> Read(Document document) => new(DomainJson.Read<T>(Encoding.UTF8.GetBytes(document.Json)), document.Version);
}

/// <summary>Everything the system keeps beside its cases.</summary>
public sealed class Registry(IDocuments documents)
{
    /// <summary>The kind of the documents that say whether anything may leave.</summary>
    public const string SendingKind = "sending";

    public IDocuments Documents => documents;

    public Shelf<Creditor> Creditors { get; } = new(documents, "creditor");

    public Shelf<DebtorProfile> Debtors { get; } = new(documents, "debtor");

    public Shelf<ApiKey> Keys { get; } = new(documents, "key");

    public Shelf<CreditorText> Texts { get; } = new(documents, "text");

    public Shelf<SendingSwitch> Sending { get; } = new(documents, SendingKind);

    public Shelf<EnteredRate> Rates { get; } = new(documents, "rate");

    public Shelf<Unmatched> Unmatched { get; } = new(documents, "unmatched");

    public Shelf<WebhookSettings> Webhooks { get; } = new(documents, "webhook-settings");

    public Shelf<WebhookEvent> WebhookEvents { get; } = new(documents, "webhook");

    public Shelf<AwaitedInvoice> AwaitedInvoices { get; } = new(documents, "awaited-invoice");

    public Shelf<ProviderPayment> ProviderPayments { get; } = new(documents, "provider-payment");

    public Shelf<PaymentSettings> PaymentSettings { get; } = new(documents, "payment-settings");

    public Shelf<CaseLinks> PaymentLinks { get; } = new(documents, "payment-links");

    public Shelf<Reconciled> Reconciled { get; } = new(documents, "reconciled");

    public Shelf<UnmatchedReply> UnmatchedReplies { get; } = new(documents, "unmatched-reply");

    public Shelf<LifecycleLog> Lifecycles { get; } = new(documents, "lifecycle");

    public Shelf<Payer> Payers { get; } = new(documents, "payer");

    public Shelf<Told> Told { get; } = new(documents, "told");

    public Shelf<PolicySplit> PolicySplits { get; } = new(documents, "policy-split");

    public Shelf<ConsoleSession> ConsoleSessions { get; } = new(documents, "console-session");

    public Shelf<PortalLink> PortalLinks { get; } = new(documents, "portal-link");

    public Shelf<SavedFilter> SavedFilters { get; } = new(documents, "saved-filter");

    public Shelf<BulkAct> BulkActs { get; } = new(documents, "bulk-act");

    public Shelf<NoticeSettings> NoticeSettings { get; } = new(documents, "notice-settings");

    public Shelf<NoticeOfDay> Notices { get; } = new(documents, "notice");

    public Shelf<WebhookEndpoint> WebhookEndpoints { get; } = new(documents, "webhook-endpoint");

    public Shelf<DeadLetter> DeadLetters { get; } = new(documents, "dead-letter");

    /// <summary>Debtor ids are a creditor's own: two creditors may use the same one.</summary>
    public static string DebtorKey(string creditor, string debtor) => $"{creditor}/{debtor}";
}
