using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>Registering invoices and looking at them.</summary>
public sealed class InvoiceOperations(
    Func<Registrar> registrar, Acknowledger acknowledger, ICaseStore store, ICaseLists lists, IPolicyBook policies, Registry registry, INudge nudge)
{
    public async Task<Answer> Register(ApiRequest request)
    {
        var registration = RegistrationBody.Read(request.Body, request.Caller.OnlyCreditor);
        return registration is null ? Answer.Invalid(request.Body.Faults) : await Register(request, registration);
    }

    public async Task<Answer> Get(ApiRequest request) => await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is { } folded
        ? Answer.Ok(await acknowledger.CaseViews.Of(folded, request.Ct))
        : Answer.NotFound("invoice");

    public async Task<Answer> List(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var filter = Filter(request, query);
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
            return Answer.Invalid(request.Body.Faults);
        if (await acknowledger.Find(request.Caller, registration.CaseId, request.Ct) is not { } folded)
            return await Register(request, registration);
        if (Frozen(folded.File, registration) is { Count: > 0 } faults)
            return Answer.Conflict("differs", "These cannot change here; an amount needs /amend.", [.. faults]);
        foreach (var change in Changes(folded.File, registration, request.Body))
            await acknowledger.Tell(registration.CaseId, change with { Id = $"{request.FactId()}:{change.GetType().Name}" }, request.Caller.KeyId, request.Ct);
        return (await acknowledger.Find(request.Caller, registration.CaseId, request.Ct)) is { } after
            ? Answer.Ok(Acknowledger.View(after, "upserted", request.Body.Unasked)) with { Location = $"/api/invoices/{registration.CaseId}" }
            : Answer.NotFound("invoice");
    }

    public async Task<Answer> PutDocument(ApiRequest request)
    {
        const int max = 5 * 1024 * 1024;
        if (await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = await request.Http.Request.Body.ReadAsync(chunk, request.Ct)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > max)
                return Answer.Refuse(413, "tooLarge", $"The document must not be larger than {max} bytes.");
        }
        if (!buffer.GetBuffer().AsSpan(0, (int)Math.Min(5, buffer.Length)).SequenceEqual("%PDF-"u8))
            return Answer.Refuse(415, "notPdf", "The document must be a PDF.");
        var json = new JsonObject { ["pdf"] = Convert.ToBase64String(buffer.ToArray()) }.ToJsonString();
        var known = await registry.Documents.Get("document", folded.Stored.Id, request.Ct);
        return await registry.Documents.Put(new("document", folded.Stored.Id, folded.File.Creditor, json, known?.Version ?? 0), null, request.Ct)
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
        var answer = Answer.Accepted(Acknowledger.View(folded, "registered", request.Body.Unasked)) with { Location = $"/api/invoices/{append.CaseId}" };
        var outcome = (await store.Append([append with { Answer = answer.Json(), Receipt = request.Receipt(answer) }], request.Ct))[0];
        if (outcome is AppendOutcome.Exists)
            return await Existing(request, registration);
        await InheritLate(registration, request.Caller.KeyId, request.Ct);
        nudge.Registered(append.CaseId, append.Created!.Index.WakeAt);
        return answer;
    }

    // A hold put on the debtor between our look and our append found no case to silence: it is passed on here.
    private async Task InheritLate(Registration registration, string by, CancellationToken ct)
    {
        var profile = (await registry.Debtors.Get(Registry.DebtorKey(registration.Creditor, registration.Debtor.Id), ct))?.Value;
        if (profile?.Hold is { } hold && (await store.Load(registration.CaseId, ct))?.State.Known?.Silences.HoldOf(HoldScope.Debtor) is null)
            await acknowledger.Tell(registration.CaseId, new CaseEvent.Held(hold.Reason, hold.Until, HoldScope.Debtor) { Id = $"{hold.Id}:{registration.CaseId}" }, by, ct);
    }

    private async Task<Answer> Existing(ApiRequest request, Registration registration)
    {
        var folded = (await acknowledger.Find(request.Caller, registration.CaseId, request.Ct))!;
        var first = (await lists.Log(registration.CaseId, 0, 1, request.Ct))[0].Logged.Event as CaseEvent.Registered;
        var faults = Differences(first!.Invoice, first.Debtor, registration);
        if (faults.Count > 0 && Differences(folded.File.Invoice, folded.File.Debtor, registration) is { Count: > 0 } now)
            return Answer.Conflict("differs", "This invoice is registered with other content.", [.. now]);
        return Answer.Ok(Acknowledger.View(folded, "registered", request.Body.Unasked)) with { Location = $"/api/invoices/{registration.CaseId}" };
    }

    private static List<Fault> Differences(Invoice invoice, Debtor debtor, Registration registration)
    {
        var (other, faults) = (registration.Invoice, new List<Fault>());
        void Compare(string field, object? known, object? told)
        {
            if (!Equals(known, told))
                faults.Add(new(field, "differs", $"is {known ?? "nothing"} in the registered invoice."));
        }

        Compare("issueDate", invoice.IssueDate, other.IssueDate);
        Compare("dueDate", invoice.DueDate, other.DueDate);
        Compare("amount", invoice.Amount, other.Amount);
        Compare("purchaseOrder", invoice.PurchaseOrder, other.PurchaseOrder);
        Compare("paymentUrl", invoice.PaymentUrl, other.PaymentUrl);
        Compare("debtor.name", debtor.Name, registration.Debtor.Name);
        Compare("debtor.kind", debtor.Kind, registration.Debtor.Kind);
        Compare("debtor.country", debtor.Country, registration.Debtor.Country);
        Compare("debtor.email", debtor.Email, registration.Debtor.Email);
        Compare("debtor.phone", debtor.Phone, registration.Debtor.Phone);
        return faults;
    }

    private static List<Fault> Frozen(CaseFile file, Registration registration) =>
        [.. Differences(file.Invoice, file.Debtor, registration).Where(f => f.Field is "amount" or "issueDate" or "debtor.kind")];

    private static IEnumerable<CaseEvent> Changes(CaseFile file, Registration registration, BodyReader body)
    {
        if (file.Invoice.DueDate != registration.Invoice.DueDate)
            yield return new CaseEvent.DueDateChanged(registration.Invoice.DueDate);
        var debtor = registration.Debtor with { Id = file.Debtor.Id };
        if (DebtorView.Of(debtor) is var told && DebtorView.Of(file.Debtor) is var known
            && (told with { Contacts = known.Contacts } != known || !told.Contacts.SequenceEqual(known.Contacts)))
            yield return new CaseEvent.ContactChanged(debtor);
        if (file.Invoice.Unsent && registration.Invoice.SentAt is { } sent)
            yield return new CaseEvent.InvoiceSent(sent);
    }

    private static CaseFilter Filter(ApiRequest request, BodyReader query)
    {
        var creditor = query.Text("creditor");
        var limit = query.Text("limit") is { } text ? int.TryParse(text, out var n) && n is >= 1 and <= 500 ? n : -1 : 50;
        if (limit < 0)
            query.Add("limit", "outOfRange", "must be from 1 to 500.");
        var minimum = query.Text("minBalance");
        if (minimum is not null && !decimal.TryParse(minimum, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out _))
            query.Add("minBalance", "wrongType", "must be a number.");
        var sort = query.Text("sort") ?? "dueDate";
        if (sort.TrimStart('-') is not ("dueDate" or "balance" or "updatedAt" or "number"))
            query.Add("sort", "unknownValue", "must be dueDate, balance, updatedAt or number, with '-' before it for descending.");
        return new()
        {
            Creditors = creditor is null ? request.Caller.Creditors : request.Caller.Sees(creditor) ? [creditor] : [],
            Status = query.OneOf("status", Enum.GetValues<CaseStatus>().ToDictionary(ApiJson.Name, s => (CaseStatus?)s)),
            Debtor = query.Text("debtor"),
            Number = query.Text("number"),
            DueBefore = query.Date("dueBefore"),
            DueAfter = query.Date("dueAfter"),
            MinBalance = minimum is null || query.Faults.Count > 0 ? null : decimal.Parse(minimum, System.Globalization.CultureInfo.InvariantCulture),
            UpdatedSince = query.Instant("updatedSince"),
            Sort = sort,
            Cursor = query.Text("cursor", max: 500),
            Limit = Math.Max(1, limit),
        };
    }
}

public sealed record PageView<T>(IReadOnlyList<T> Items, string? NextCursor);
