using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Audit;

/// <summary>The record of what was done, and what is taken out of it.</summary>
public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AdminLog>();
        services.AddSingleton<ActsOnRecord>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<Digests>();
        services.AddSingleton<Verification>();
        services.AddSingleton<DebtorDocuments>();
        services.AddSingleton<CaseErasure>();
        services.AddSingleton<DebtorErasure>();
        services.AddSingleton<DebtorExport>();
        services.AddSingleton<Retention>();
        return services;
    }
}
