using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Upcoming;
using Dunning.Service.Webhooks;

namespace Dunning.Service.Api.Operations;

/// <summary>Registering invoices and looking at them.</summary>
public sealed class InvoiceOperations(
    Func<Registrar> registrar, Acknowledger acknowledger, ICaseStore store, ICaseLists lists, IPolicyBook policies, Registry registry, Inheritance inheritance, ProviderPayments payments, LocalToday days, INudge nudge)
{
    public async Task<Answer> Register(ApiRequest request)
    {
        var registration = RegistrationBody.Read(request.Body, request.Caller.OnlyCreditor);
        return registration is null ? await Unreadable(request, request.Caller.OnlyCreditor) : await Register(request, registration);
    }

    public async Task<Answer> Get(ApiRequest request) => await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is { } folded
        ? Answer.Ok(await acknowledger.CaseViews.Of(folded, request.Ct))
        : Answer.NotFound("invoice");

    public async Task<Answer> List(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var filter = await CaseQuery.Read(request, query, days, lists.CanSearch) with { Cursor = query.Text("cursor", max: 500), Limit = Paging.Limit(query) };
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        try
        {
            var page = await lists.Cases(filter, request.Ct);
            var items = new List<CaseSummary>(page.Items.Count);
            foreach (var item in page.Items)
                items.Add(CaseSummary.Of(item.State, await policies.Get(item.State.Known!.Policy, request.Ct), item.Index));
            return Answer.Ok(new PageView<CaseSummary>(items, page.NextCursor));
        }
        catch (FormatException)
        {
            return Answer.Invalid([new("cursor", "invalidCursor", "is not a cursor this list gave.")]);
        }
    }

    /// <summary>For nightly syncs: a new contact or due date becomes an event; a new amount is refused and needs /amend.</summary>
    public async Task<Answer> Upsert(ApiRequest request)
    {
        var (creditor, number) = (request.Route("creditor"), request.Route("number"));
        if (!request.Caller.Sees(creditor))
            return Answer.NotFound("creditor");
        var registration = RegistrationBody.Read(request.Body, creditor, number);
        if (registration is null)
            return await Unreadable(request, creditor);
        if (await acknowledger.Find(request.Caller, registration.CaseId, request.Ct) is not { } folded)
            return request.Precondition(null) ?? await Register(request, registration);
        if (request.HasCondition && request.Precondition(ApiPipeline.Etag(await acknowledger.CaseViews.Of(folded, request.Ct))) is { } moved)
            return moved;
        var differences = Differences.Between(folded.File, registration);
        if (differences.Where(f => f.Field is "amount" or "issueDate" or "debtor.kind").ToArray() is { Length: > 0 } faults)
            return Answer.Conflict("differs", "These cannot change here; an amount needs /amend.", faults);
        // Told again, nothing differs any more: these need no id of the caller's, and a debtor's own id must not become one.
        var id = ApiRequest.NewId("sync", request.Now);
        foreach (var change in Changes(folded.File, registration, request.Body))
            await acknowledger.Tell(registration.CaseId, change with { Id = $"{id}:{change.GetType().Name}" }, request.Caller.KeyId, request.Ct);
        if (await acknowledger.Find(request.Caller, registration.CaseId, request.Ct) is not { } after)
            return Answer.NotFound("invoice");
        var ignored = differences.Where(f => f.Field is "purchaseOrder" or "description" or "paymentUrl" or "policy" or "debtor.id").Where(f => f.Field == "debtor.id" || request.Body.Has(f.Field)).Select(f => $"'{f.Field}' cannot change here; it was ignored.").ToList();
        return Answer.Ok(Acknowledger.View(after, "upserted") with { Warnings = ignored.Count == 0 ? null : ignored }) with { Location = $"/api/invoices/{registration.CaseId}" };
    }

    public async Task<Answer> PutDocument(ApiRequest request)
    {
        if (await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = await request.Http.Request.Body.ReadAsync(chunk, request.Ct)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > InvoiceDocument.MaxBytes)
                return Answer.Refuse(413, "tooLarge", $"The document must not be larger than {InvoiceDocument.MaxBytes} bytes.");
        }
        if (!buffer.GetBuffer().AsSpan(0, (int)Math.Min(5, buffer.Length)).SequenceEqual("%PDF-"u8))
            return Answer.Refuse(415, "notPdf", "The document must be a PDF.");
        return await InvoiceDocument.Put(registry.Documents, folded.Stored.Id, folded.File.Creditor, buffer.ToArray(), request.Ct)
            ? Answer.Ok(new { CaseId = folded.Stored.Id, Bytes = buffer.Length })
            : Answer.Conflict("changedMeanwhile", "Another document arrived at the same time; try again.");
    }

    private async Task<Answer> Register(ApiRequest request, Registration registration)
    {
        if (!request.Caller.Sees(registration.Creditor))
            return Answer.NotFound("creditor");
        var prepared = await registrar().Prepare(registration, held: false, request.Caller.KeyId, request.Ct);
        if (prepared.Append is not { } append || prepared.Folded is not { } folded)
            return Answer.Unprocessable([.. prepared.Faults]);
        var answer = request.Finish(Answer.Accepted(Registered(folded)) with { Location = $"/api/invoices/{append.CaseId}" });
        if ((await store.Append([append with { Answer = answer.Json(), Receipt = request.Receipt(answer) }], request.Ct))[0] is not AppendOutcome.Appended)
            // The invoice is there already, or another request with the same Idempotency-Key was faster.
            return await registry.Documents.Replay(request) ?? await Existing(request, registration);
        await PassOn(request, registration);
        nudge.Registered(folded);
        return answer;
    }

    private async Task<Answer> Unreadable(ApiRequest request, string? creditor)
    {
        await registrar().JudgePolicy(request.Body, creditor, request.Ct);
        return Answer.Invalid(request.Body.Faults);
    }

    private async Task<Answer> Existing(ApiRequest request, Registration registration)
    {
        var folded = (await acknowledger.Find(request.Caller, registration.CaseId, request.Ct))!;
        var first = (await lists.Log(registration.CaseId, 0, 1, request.Ct))[0].Logged.Event as CaseEvent.Registered;
        if ((first is null || Differences.Between(first, registration).Count > 0) && Differences.Between(folded.File, registration) is { Count: > 0 } faults)
            return Answer.Conflict("differs", "This invoice is registered with other content.", [.. faults]);
        await PassOn(request, registration);
        return Answer.Ok(Registered(folded)) with { Location = $"/api/invoices/{registration.CaseId}" };
    }

    private static FactView Registered(FoldedCase folded) => Acknowledger.View(folded, "registered") with
    {
        Warnings = CaseView.WarningsOf(folded.File, folded.Policy) is { Count: > 0 } warnings ? warnings : null,
    };

    // Not cancellable: the invoice is stored, and must not miss what holds for its debtor.
    private async Task PassOn(ApiRequest request, Registration registration)
    {
        await inheritance.PassOn(registration.Creditor, registration.Debtor.Id, [registration], request.Caller.KeyId, CancellationToken.None);
        await payments.Registered(registration.CaseId, CancellationToken.None);
    }

    private static IEnumerable<CaseEvent> Changes(CaseFile file, Registration registration, BodyReader body)
    {
        if (file.Invoice.DueDate != registration.Invoice.DueDate)
            yield return new CaseEvent.DueDateChanged(registration.Invoice.DueDate);
        var (spoken, party) = (registration.Debtor, body.Member("debtor")!);
        // What a ledger leaves out it does not know; null takes an address away.
        var debtor = spoken with
        {
            Id = file.Debtor.Id,
            Email = spoken.Email ?? (party.IsNull("email") ? null : file.Debtor.Email),
            Phone = spoken.Phone ?? (party.IsNull("phone") ? null : file.Debtor.Phone),
            Address = spoken.Address ?? (party.IsNull("address") ? null : file.Debtor.Address),
            Siren = spoken.Siren ?? file.Debtor.Siren,
            Language = party.Has("language") ? spoken.Language : file.Debtor.Language,
            Contacts = party.Has("contacts") ? spoken.Contacts : file.Debtor.Contacts,
        };
        if (DebtorView.Of(debtor) is var told && DebtorView.Of(file.Debtor) is var known
            && (told with { Contacts = known.Contacts } != known || !told.Contacts.SequenceEqual(known.Contacts)))
            yield return new CaseEvent.ContactChanged(debtor);
        if (file.Invoice.Unsent && registration.Invoice.SentAt is { } sent)
            yield return new CaseEvent.InvoiceSent(sent);
    }
}

public sealed record PageView<T>(IReadOnlyList<T> Items, string? NextCursor);
