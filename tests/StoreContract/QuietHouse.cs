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

    public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(Samples.Policy);

    public ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult<StopCause?>(null);

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => throw new NotSupportedException();

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => throw new NotSupportedException();
}
