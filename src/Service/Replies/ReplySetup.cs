using Dunning.Service.Lifecycle;
using Dunning.Service.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dunning.Service.Replies;

/// <summary>What debtors, carriers and platforms tell us about what we sent. A host that is reached from outside adds its Doors.</summary>
public static class ReplySetup
{
    public static IServiceCollection AddReplies(this IServiceCollection services)
    {
        services.TryAddSingleton(new Doors());
        services.AddSingleton<Carried>();
        services.AddSingleton<SentMessages>();
        services.AddSingleton<DeliveryReports>();
        services.AddSingleton<Conversations>();
        services.AddSingleton<UnmatchedReplies>();
        services.AddSingleton<ReplyDesk>();
        services.AddSingleton<SmsReplies>();
        services.AddSingleton<MailThreads>();
        services.AddSingleton<KeptMail>();
        services.AddSingleton<MailDesk>();
        services.AddSingleton<LifecycleDesk>();
        return services;
    }
}
