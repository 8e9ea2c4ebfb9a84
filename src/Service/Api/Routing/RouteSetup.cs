using Dunning.Service.Api.Operations;
using Dunning.Service.Simulation;
using Dunning.Service.Upcoming;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Api.Routing;

/// <summary>What operations do, and the table that says where they are; its parts in the order OpenAPI shows them. A host adds parts of its own.</summary>
public static class RouteSetup
{
    public static IServiceCollection AddRoutes(this IServiceCollection services)
    {
        Type[] operations =
        [
            typeof(InvoiceOperations), typeof(ImportOperation), typeof(FactOperations), typeof(ActOperations), typeof(MessageOperations),
            typeof(TaskOperations), typeof(DebtorOperations), typeof(TenantOperations), typeof(PolicyOperations), typeof(TextOperations),
            typeof(ClaimOperations), typeof(RateOperations), typeof(HandOverOperations), typeof(LetterOperations), typeof(PlanOperations),
            typeof(DebitNoteOperations), typeof(SimulationOperation), typeof(UnmatchedOperations), typeof(WebhookOperations),
            typeof(WebhookSettingOperations), typeof(InboundDeliveryOperations), typeof(PaymentSettingOperations), typeof(StatementOperation),
            typeof(ReportOperations), typeof(ReplyOperations), typeof(LifecycleOperations), typeof(HealthOperations), typeof(EventOperations),
            typeof(WebhookEndpointOperations), typeof(DeliveryOperations), typeof(PortalOperations), typeof(KpiOperations),
            typeof(PolicySplitOperations), typeof(CaseListOperations), typeof(SavedFilterOperations), typeof(BulkJudge), typeof(BulkOperations),
            typeof(UpcomingOperations), typeof(SendingModeOperation), typeof(LedgerReplay), typeof(ReplayGate), typeof(LedgerOperation), typeof(RunningCaseOperations),
            typeof(TextDraftOperation), typeof(AuditOperations),
        ];
        Type[] parts =
        [
            typeof(InvoiceRoutes), typeof(FactRoutes), typeof(ActRoutes), typeof(MessageRoutes), typeof(LetterRoutes), typeof(PaperRoutes),
            typeof(TaskRoutes), typeof(DebtorRoutes), typeof(TenantRoutes), typeof(ClaimRoutes), typeof(HandOverRoutes), typeof(TextRoutes),
            typeof(MoneyRoutes), typeof(InboundDeliveryRoutes), typeof(PaymentLinkRoutes), typeof(ReplyRoutes), typeof(EventRoutes),
            typeof(PortalRoutes), typeof(KpiRoutes), typeof(WorklistRoutes), typeof(TryingRoutes), typeof(AuditRoutes), typeof(OtherRoutes),
        ];
        services.AddSingleton<LocalToday>();
        services.AddSingleton<LivedCases>();
        services.AddSingleton<Func<LivedCases?>>(p => p.GetRequiredService<LivedCases>);
        foreach (var type in operations)
            services.AddSingleton(type);
        foreach (var part in parts)
            services.AddSingleton(typeof(IRoutes), part);
        return services.AddSingleton<Routes>();
    }
}
