using Dunning.Functions.Senders;
using Dunning.Functions.Store;
using Dunning.Service.Api;
using Dunning.Service.Policies;
using Microsoft.Extensions.Hosting;

namespace Dunning.Functions;

/// <summary>What must be known before the first request: where letters and digests go, the shipped policies as they are now, and the first key.</summary>
public sealed class Founding(PolicyBook policies, KeyRing keys, LetterStore letters, DigestBlobs digests, AzureOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await letters.Prepare(cancellationToken);
        await digests.Prepare(cancellationToken);
        await policies.Pin(cancellationToken);
        if (options.Key is { } key)
            await keys.Add(key, "first key", Role.Admin, null, null, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
