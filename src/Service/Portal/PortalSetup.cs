using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Portal;

/// <summary>The debtor's page. A host adds its <see cref="ServerSecret"/>.</summary>
public static class PortalSetup
{
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddSingleton(p => new PortalKey(p.GetRequiredService<ServerSecret>() is { IsSet: true } secret ? secret.KeyFor(ServerSecret.DebtorPages) : null));
        services.AddSingleton<PortalLinks>();
        services.AddSingleton<PortalDesk>();
        services.AddSingleton<PortalRenderer>();
        services.AddSingleton<PortalSite>();
        return services;
    }
}
