using Dunning.Service.Engine;
using Dunning.Service.Webhooks.Reading;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Service.Webhooks;

/// <summary>Each provider has a verifier, of bytes, and a reader, of what they say. A host adds its IArrivals.</summary>
public static class WebhookSetup
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<ICertificateSource, HttpCertificates>();
        services.AddSingleton(p => new PayPalCertificates(p.GetRequiredService<ICertificateSource>()));
        services.AddSingleton<IWebhookVerifier, StripeVerifier>().AddSingleton<IProviderReader, StripeReader>();
        services.AddSingleton<IWebhookVerifier, GoCardlessVerifier>().AddSingleton<IProviderReader, GoCardlessReader>();
        services.AddSingleton<IWebhookVerifier, MollieVerifier>().AddSingleton<IProviderReader, MollieReader>();
        services.AddSingleton<IWebhookVerifier, PayPalVerifier>().AddSingleton<IProviderReader, PayPalReader>();
        services.AddSingleton<IWebhookVerifier, AdyenVerifier>().AddSingleton<IProviderReader, AdyenReader>();
        services.AddSingleton<IWebhookVerifier, StandardVerifier>().AddSingleton<IProviderReader, StandardReader>();
        services.AddSingleton(new Secrets(Environment.GetEnvironmentVariable));
        services.AddSingleton<WebhookInbox>();
        services.AddSingleton<IIntake, Intake>();
        services.AddSingleton<AwaitedInvoices>();
        // The engine has them before it is one itself: facts they find are told to it.
        services.AddSingleton(p => new Lazy<ProviderPayments>(p.GetRequiredService<ProviderPayments>));
        services.AddSingleton<CaseFinder>();
        services.AddSingleton<ProviderPayments>();
        services.AddSingleton<WebhookWork>();
        return services;
    }
}
