using System.Runtime.CompilerServices;
using System.Text;
using Dunning.Service.Bank;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Lifecycle;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Replies;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Service.Audit;

/// <summary>A document that tells of a debtor. Erased is what is left of it then; null for one that goes altogether.</summary>
public sealed record DebtorDocument(Document Kept, string? Erased);

/// <summary>
/// What is kept of a debtor beside its cases: its mails, its unmatched money and answers, what providers delivered of it. What stands under a case or a reply is found by
/// its key; the rest, that nobody can name, is read through once.
/// </summary>
public sealed class DebtorDocuments(IDocuments documents)
{
    private const int Page = 500;

    /// <summary>What is found by the cases, replies and numbers of a debtor.</summary>
    public async IAsyncEnumerable<DebtorDocument> Near(DebtorTrace trace, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var reply in trace.Replies)
            if (await documents.Get("mail", $"{trace.Creditor}/{reply}", ct) is { } mail)
                yield return new(mail, null);
        foreach (var number in trace.Numbers)
            if (await documents.Get("sms-conversation", $"{trace.Creditor}/{number}", ct) is { } conversation
                && trace.Cases.Contains(Conversations.Last(conversation).Case))
                yield return new(conversation, null);
        foreach (var caseId in trace.Cases)
        {
            if (await documents.Get("lifecycle", caseId, ct) is { } log)
                yield return Without<LifecycleLog>(log);
            foreach (var aside in await documents.List("set-aside", caseId, null, Page, ct))
                yield return new(aside, null);
        }
    }

    /// <summary>What only says inside whom it is about.</summary>
    public async IAsyncEnumerable<DebtorDocument> Far(DebtorTrace trace, [EnumeratorCancellation] CancellationToken ct)
    {
        var own = $"{trace.Creditor}/";
        await foreach (var d in Of("unmatched-reply", null, ct))
            if (Read<UnmatchedReply>(d) is { } reply && reply.Creditor == trace.Creditor && IsOf(trace, reply))
            {
                if (await documents.Get("mail", own + reply.FactId, ct) is { } mail)
                    yield return new(mail, null);
                yield return Without<UnmatchedReply>(d);
            }
        await foreach (var d in Of("unmatched", null, ct))
            if (Read<Unmatched>(d) is { } money && money.Creditor == trace.Creditor && IsOf(trace, money))
                yield return Waits(money) ? AsItIs(d) : Without<Unmatched>(d);
        await foreach (var d in Of("provider-payment", own, ct))
            if (Read<ProviderPayment>(d) is var payment && (payment.CaseId is null ? trace.IsIn(d.Json) : Is(trace, payment.CaseId)))
                yield return await Waits(payment, ct) ? AsItIs(d) : Without<ProviderPayment>(d);
        // One that waits becomes facts first, and one that failed is tried again; what it says is needed until then.
        await foreach (var d in Of("webhook", own, ct))
            if (Read<WebhookEvent>(d) is { Outcome: not null } delivery && trace.IsIn(delivery.Body))
                yield return delivery.WaitsForPerson ? AsItIs(d) : Without<WebhookEvent>(d);
        await foreach (var d in Of("payer", own, ct))
            if (Read<Payer>(d).Debtors.Contains(trace.Debtor))
                yield return new(d, Written(new Payer([.. Read<Payer>(d).Debtors.Where(n => n != trace.Debtor)])));
    }

    /// <summary>What people wrote for many cases at once, or called a list of theirs: the words of a list are looked for as the list looks for them.</summary>
    public async IAsyncEnumerable<DebtorDocument> Said(DebtorTrace trace, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var d in Of("bulk-act", null, ct))
            if (Read<BulkAct>(d) is var act && act.Cases.Any(trace.Cases.Contains) && (act.Cases.All(trace.Cases.Contains) || trace.Names(act.Reason)))
                yield return Without<BulkAct>(d);
        await foreach (var d in Of("saved-filter", null, ct))
            if (Read<SavedFilter>(d) is var filter && (trace.IsSoughtBy(filter.Name) || trace.IsSoughtBy(SoughtIn(filter.Query))) && await Sees(filter, d.Owner, trace.Creditor, ct))
                yield return new(d, null);
    }

    // Another creditor's people may have a debtor of that name.
    private async Task<bool> Sees(SavedFilter filter, string? owner, string creditor, CancellationToken ct) => filter.Creditor is { } shared
        ? shared == creditor
        : owner is null || await documents.Get("key", owner[(owner.IndexOf(' ', StringComparison.Ordinal) + 1)..], ct) is not { } key || Read<ApiKey>(key).Creditors?.Contains(creditor) != false;

    private static string SoughtIn(string? query) => QueryHelpers.ParseQuery(query).TryGetValue("q", out var words) ? words.ToString() : "";

    /// <summary>Erases one; one that changed meanwhile is not the one that was found, and false.</summary>
    public Task<bool> Erase(DebtorDocument found, CancellationToken ct) => found.Erased is not { } left ? documents.Remove(found.Kept, ct)
        : left == found.Kept.Json ? Task.FromResult(true)
        : documents.Put(found.Kept with { Json = left }, null, ct);

    public static DebtorDocument Without<T>(Document document) => new(document, Written(Erasing.Of(Read<T>(document), PersonalKinds.All)));

    public static T Read<T>(Document document) => DomainJson.Read<T>(Encoding.UTF8.GetBytes(document.Json));

    private async IAsyncEnumerable<Document> Of(string kind, string? prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyList<Document> page;
        var after = prefix;
        do
        {
            page = await documents.List(kind, null, after, Page, ct);
            foreach (var document in page)
            {
                if (prefix is not null && !document.Id.StartsWith(prefix, StringComparison.Ordinal))
                    yield break;
                yield return document;
            }
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Page);
    }

    // Shown to whoever asks what is kept, and not erased: it is money somebody still waits for.
    private static DebtorDocument AsItIs(Document document) => new(document, document.Json);

    private static bool Waits(Unmatched money) => money is { AssignedTo: null, IsWithdrawn: false, IsDiscarded: false };

    private async Task<bool> Waits(ProviderPayment payment, CancellationToken ct) => payment.CaseId is null
        && (await documents.Get("unmatched", new Unmatched(payment.Creditor, payment.Provider, payment.FactId, null, default).Id, ct) is not { } queued || Waits(Read<Unmatched>(queued)));

    // What a person said of it goes before what it is signed with.
    private static bool IsOf(DebtorTrace trace, Unmatched money) => money.AssignedTo is null && money.Paid.Count == 0
        ? trace.IsKnownAs(money.PayerName) || money.Silenced.Any(c => Is(trace, c))
        : Is(trace, money.AssignedTo) || money.Paid.Any(p => Is(trace, p.CaseId));

    private static bool IsOf(DebtorTrace trace, UnmatchedReply reply) => (reply.AssignedTo ?? reply.Candidate) is { } about ? Is(trace, about) : trace.IsKnownAs(reply.From);

    private static string Written<T>(T value) => Encoding.UTF8.GetString(DomainJson.Write(value));

    private static bool Is(DebtorTrace trace, string? caseId) => caseId is not null && trace.Cases.Contains(caseId);
}
