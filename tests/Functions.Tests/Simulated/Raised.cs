using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.TaskHub;
using Grpc.Core;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>Facts raised to orchestrations by name, as operators and standard tools do, with the API's own words.</summary>
internal sealed class Raised(Hub hub)
{
    private readonly List<(string CaseId, string Event, string Id)> _all = [];

    /// <summary>Everything the hub took.</summary>
    public IReadOnlyList<(string CaseId, string Event, string Id)> All => _all;

    public static bool CanBe(CaseEvent fact) => Body(fact) is not null;

    /// <summary>False when there is no running instance to raise it to.</summary>
    public bool Raise(string caseId, CaseEvent fact)
    {
        var (name, body) = (fact.GetType().Name, Body(fact)!);
        body["id"] = fact.Id;
        try
        {
            hub.Client.RaiseEventAsync(caseId, name, body).GetAwaiter().GetResult();
        }
        catch (RpcException)
        {
            return false;
        }
        _all.Add((caseId, name, fact.Id));
        return true;
    }

    private static JsonObject? Body(CaseEvent fact) => fact switch
    {
        PaymentReceived e => new() { ["amount"] = e.Amount.Amount(), ["date"] = $"{e.Date:yyyy-MM-dd}", ["source"] = e.Source, ["reference"] = e.Reference },
        PromiseMade e => new() { ["date"] = $"{e.Date:yyyy-MM-dd}", ["amount"] = e.Amount?.Amount() },
        DisputeOpened e => new() { ["kind"] = ApiJson.Name(e.Kind), ["code"] = ApiJson.Name(e.Code), ["amount"] = e.Amount?.Amount() },
        Held { Scope: HoldScope.Case } e => new() { ["reason"] = e.Reason, ["until"] = e.Until is { } until ? $"{until:yyyy-MM-dd}" : null },
        Released { Scope: HoldScope.Case } => [],
        Cancelled e => new() { ["reason"] = e.Reason },
        _ => null,
    };
}
