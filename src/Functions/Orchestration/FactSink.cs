using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Functions.Orchestration;

/// <summary>Something raised to an orchestration that could not become a fact, with what is wrong with it.</summary>
public sealed record SetAside(string Event, DateTimeOffset At, IReadOnlyList<Fault> Faults);

/// <summary>
/// Sinks events raised by name into the inbox: their payload is the body of the API's own route, with an id. What cannot be read, or what a rule forbids, is
/// set aside with the reason, where operators find it beside the orchestration; the case goes on.
/// </summary>
public sealed class FactSink(DunningEngine engine, Acknowledger acknowledger, IDocuments documents, TimeProvider clock, OperatorLog log)
{
    public const string Kind = "set-aside";

    public static readonly IReadOnlyList<string> Events = ["PaymentReceived", "PromiseMade", "DisputeOpened", "Held", "Released", "Cancelled"];

    public async Task Sink(string caseId, Told told, CancellationToken ct)
    {
        if (await engine.Look(caseId, ct) is not { } folded)
            return;
        IReadOnlyList<Fault> faults;
        try
        {
            faults = await Tell(caseId, told, folded, ct);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Whatever cannot be read now cannot be read later: kept back, it would block all that comes after it.
            faults = [new("event", "unreadable", "It cannot be read.")];
        }
        if (faults.Count > 0)
            await Put(folded, told, faults, ct);
    }

    /// <summary>What was set aside for a case.</summary>
    public async Task<IReadOnlyList<SetAside>> Of(string caseId, CancellationToken ct) =>
        [.. (await documents.List(Kind, caseId, null, 100, ct)).Select(d => JsonSerializer.Deserialize<SetAside>(d.Json, ApiJson.Options)!)];

    private async Task<IReadOnlyList<Fault>> Tell(string caseId, Told told, FoldedCase folded, CancellationToken ct)
    {
        var faults = Read(told, folded, out var @event) is { Count: > 0 } unreadable ? unreadable : Forbids(folded, @event!);
        return faults.Count > 0 || await acknowledger.Tell(caseId, @event!, $"orchestration:{told.Event}", ct) ? faults
            : [new("id", "notTaken", "The id names another fact, or the case changed so that the fact means nothing any more.")];
    }

    private List<Fault> Read(Told told, FoldedCase folded, out CaseEvent? @event)
    {
        @event = null;
        var body = new BodyReader(JsonElement.Parse(told.Payload));
        if (!body.IsObject)
            return body.Faults;
        var id = body.Text("id", required: true, max: 100);
        var today = folded.Policy.Zone.LocalDate(clock.GetUtcNow());
        var read = told.Event switch
        {
            "PaymentReceived" => FactBodies.Payment(body, folded.File, today),
            "PromiseMade" => FactBodies.Promise(body, folded.File),
            "DisputeOpened" => FactBodies.Dispute(body, folded.File),
            "Held" => FactBodies.Hold(body, HoldScope.Case),
            "Released" => new CaseEvent.Released(),
            _ => FactBodies.Cancel(body),
        };
        if (read is not null && id is not null && body.Faults.Count == 0)
            @event = read with { Id = id };
        return body.Faults;
    }

    private IReadOnlyList<Fault> Forbids(FoldedCase folded, CaseEvent @event) =>
        FactRules.Check(folded, @event, clock.GetUtcNow())?.Body is not Problem problem ? []
        : problem.Faults.Count > 0 ? problem.Faults : [new("event", problem.Code, problem.Detail)];

    // The same event set aside twice is one document: an activity may run again.
    private async Task Put(FoldedCase folded, Told told, IReadOnlyList<Fault> faults, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{told.Event}\n{told.Payload}")))[..16];
        var aside = JsonSerializer.Serialize(new SetAside(told.Event, clock.GetUtcNow(), faults), ApiJson.Options);
        if (await documents.Put(new(Kind, $"{folded.Stored.Id}~{hash}", folded.Stored.Id, aside, 0), null, ct))
            log.EventSetAside(folded.Stored.Id, told.Event, faults.Select(f => f.Code).Distinct());
    }
}
