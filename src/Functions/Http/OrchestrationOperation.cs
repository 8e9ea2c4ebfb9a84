using System.Globalization;
using Dunning.Functions.Orchestration;
using Dunning.Functions.Store;
using Dunning.Service.Api;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>
/// The orchestration of a case. Unknown when it was never started: the sweep will. SetAside was raised to it and is no fact; PassedOver was acknowledged
/// and is in the log, where it counts for nothing because it cannot be read or applied.
/// </summary>
public sealed record OrchestrationView(string Status, DateTimeOffset? StartedAt, DateTimeOffset? UpdatedAt, Shown? Case, IReadOnlyList<SetAside> SetAside, IReadOnlyList<PassedOver> PassedOver);

/// <summary>Shows the instance of a case without the host's management addresses, which would hold its system key.</summary>
public sealed class OrchestrationOperation(Acknowledger acknowledger, FactSink sink, IPassedOver aside) : IRoutes
{
    public IEnumerable<Operation> Operations =>
    [
        new("getOrchestration", "GET", "/api/invoices/{id}/orchestration", Role.Admin, "The durable orchestration of a case, and what was set aside of what it was told", Get)
        {
            Group = "Invoices",
            Response = typeof(OrchestrationView),
        },
        new("dismissPassedOver", "POST", "/api/invoices/{id}/orchestration/passed-over/{seq}/dismiss", Role.Admin, "A person has seen to an event that was passed over", Dismiss)
        {
            Group = "Invoices",
            BodyOptional = true,
            Response = typeof(PassedOver),
        },
    ];

    private async Task<Answer> Dismiss(ApiRequest request)
    {
        if (await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is not { Stored.Id: var id }
            || !long.TryParse(request.Route("seq"), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            || (await aside.SetAside(id, request.Ct)).FirstOrDefault(p => p.Seq == seq) is not { } seen)
            return Answer.NotFound("event that was passed over");
        await aside.Dismiss(seen, request.Ct);
        return Answer.Ok(seen);
    }

    private async Task<Answer> Get(ApiRequest request)
    {
        if (await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is not { Stored.Id: var id })
            return Answer.NotFound("invoice");
        var client = (DurableTaskClient)request.Http.Items[typeof(DurableTaskClient)]!;
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, request.Ct);
        var shown = instance?.SerializedCustomStatus is { Length: > 0 } ? instance.ReadCustomStatusAs<Shown>() : null;
        return Answer.Ok(new OrchestrationView(
            instance is null ? "unknown" : ApiJson.Name(instance.RuntimeStatus), instance?.CreatedAt, instance?.LastUpdatedAt, shown,
            await sink.Of(id, request.Ct), await aside.SetAside(id, request.Ct)));
    }
}
