using Dunning.Service.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Upcoming;

/// <summary>What will leave, and telling creditors of it. A host has TomorrowsPost run what is due, and says how it sends (SendingMode).</summary>
public static class UpcomingSetup
{
    public static IServiceCollection AddUpcoming(this IServiceCollection services, string mailDomain)
    {
        services.AddSingleton<UpcomingPost>();
        services.AddSingleton(p => new NoticeWriter(p.GetRequiredService<ServerSecret>(), p.GetRequiredService<Doors>(), mailDomain));
        services.AddSingleton<TomorrowsPost>();
        services.AddSingleton<NoticeSite>();
        return services;
    }
}
