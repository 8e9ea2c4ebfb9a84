using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dunning.Service.Outgoing;

/// <summary>A host adds its IEventFeed, and its EgressRules when they are other than the strict ones.</summary>
public static class OutgoingSetup
{
    public static IServiceCollection AddOutgoing(this IServiceCollection services)
    {
        services.TryAddSingleton(new EgressRules());
        services.AddSingleton<WebhookSender>(p => new(p.GetRequiredService<EgressRules>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OutgoingWebhooks>();
        services.AddSingleton<EndpointChanges>();
        services.AddSingleton<Replays>();
        return services;
    }
}
