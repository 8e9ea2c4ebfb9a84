using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Links;

/// <summary>Payment links and what is asked of providers. A host has Reconciliation run what is due.</summary>
public static class LinkSetup
{
    public static IServiceCollection AddPaymentLinks(this IServiceCollection services)
    {
        services.AddSingleton(ProviderAddresses.From(Environment.GetEnvironmentVariable));
        services.AddSingleton<ProviderHttp>();
        services.AddSingleton<IPaymentProvider, StripeLinks>().AddSingleton<IPaymentProvider, GoCardlessLinks>().AddSingleton<IPaymentProvider, MollieLinks>();
        services.AddSingleton<PaymentAccounts>();
        services.AddSingleton<LinkBook>();
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<IPaymentDesk, PaymentDesk>();
        return services;
    }
}
