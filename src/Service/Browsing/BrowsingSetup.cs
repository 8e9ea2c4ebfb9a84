using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Browsing;

/// <summary>What the console, the debtors' pages and the links of notices share. A host adds its Doors.</summary>
public static class BrowsingSetup
{
    public static IServiceCollection AddBrowsing(this IServiceCollection services)
    {
        services.AddSingleton<SiteHeaders>();
        services.AddSingleton<SiteRenderer>();
        services.AddSingleton<VisitRates>();
        return services;
    }
}
