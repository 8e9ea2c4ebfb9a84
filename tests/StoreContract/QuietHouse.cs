using Dunning.Domain;
using Dunning.Service;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.StoreContract;

/// <summary>All that an engine needs around a store when nothing is sent.</summary>
internal sealed class QuietHouse : IPolicyBook, ISwitches, IPostOffice
{
    /// <summary>An engine at the instant the samples are of.</summary>
    public static DunningEngine Engine(ICaseStore store)
    {
        var house = new QuietHouse();
        return new(store, house, house, house, new VirtualClock(Samples.Now));
    }

    /// <summary>A policy called "away" cannot be looked up now; any other but that of the samples is nobody's.</summary>
    public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => policy.Name switch
    {
        "test" => ValueTask.FromResult(Samples.Policy),
        "away" => throw new StoreUnavailable("The store is away."),
        _ => throw new KeyNotFoundException($"There is no policy {policy.Name}."),
    };

    public ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult<StopCause?>(null);

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => throw new NotSupportedException();

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => throw new NotSupportedException();
}
