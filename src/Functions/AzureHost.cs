using System.Text;
using Azure.Communication.Email;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Dunning.Domain;
using Dunning.Functions.Http;
using Dunning.Functions.Orchestration;
using Dunning.Functions.Senders;
using Dunning.Functions.Store;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Audit;
using Dunning.Service.Console;
using Dunning.Service.Console.EasyAuth;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Events;
using Dunning.Service.Outgoing;
using Dunning.Service.Register;
using Dunning.Service.Reports;
using Dunning.Service.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Twilio.Clients;
using Twilio.Http;

namespace Dunning.Functions;

/// <summary>What the Azure host is made of.</summary>
public static class AzureHost
{
    private static readonly TimeSpan SmsPatience = TimeSpan.FromSeconds(30);

    /// <summary>Everything but the store, which is added as TStore: it is a case store, its lists, the documents beside them, and what was passed over.</summary>
    public static IServiceCollection AddAzure<TStore>(this IServiceCollection services, AzureOptions options)
        where TStore : class, ICaseStore, ICaseLists, IDocuments, IPassedOver, IEventFeed, IAuditStore
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ICaseStore>(p => p.GetRequiredService<TStore>());
        services.AddSingleton<ICaseLists>(p => p.GetRequiredService<TStore>());
        services.AddSingleton<IDocuments>(p => p.GetRequiredService<TStore>());
        services.AddSingleton<IPassedOver>(p => p.GetRequiredService<TStore>());
        services.AddSingleton<IAuditStore>(p => p.GetRequiredService<TStore>());
        services.AddSingleton(new Doors(options.PublicUrl, options.HasSms ? options.TwilioAuthToken : null));
        services.AddSingleton(new ServerSecret(options.PortalKey is { } secret ? Encoding.UTF8.GetBytes(secret) : null));
        services.AddSingleton<IEventFeed>(p => p.GetRequiredService<TStore>());
        services.AddSingleton(new EgressRules(options.LoopbackWebhooks));
        services.AddSingleton(new SendingMode(options.SendingMode));
        services.AddDunning(options.EmailFrom?.Split('@')[^1], options.IsOff);
        if (options.EasyAuth is { } easyAuth)
            services.AddSingleton<ISignIn>(p => new EasyAuthSignIn(easyAuth, p.GetRequiredService<ServerSecret>()));
        services.AddSingleton<OperatorLog>();
        services.AddSingleton<Cases>();
        services.AddSingleton<Voices>();
        services.AddSingleton<Nudges>();
        services.AddSingleton<INudge>(p => p.GetRequiredService<Nudges>());
        services.AddSingleton<FactSink>();
        services.AddSingleton<Resuming>();
        services.AddSingleton<WebhookArrivals>();
        services.AddSingleton<IArrivals>(p => p.GetRequiredService<WebhookArrivals>());
        services.AddSingleton<ApiFunction>();
        services.AddSingleton<LetterStore>();
        services.AddSingleton<ISentCopies>(p => p.GetRequiredService<LetterStore>());
        services.AddSingleton<DigestBlobs>();
        services.AddSingleton<IDigestArchive>(p => p.GetRequiredService<DigestBlobs>());
        services.AddSingleton(_ => new DigestSigner(options.AuditKey));
        services.AddSingleton(options.Retention);
        services.AddSingleton<IRoutes, OrchestrationOperation>();
        services.AddSingleton<IRoutes, LetterLinkOperation>();
        services.AddSingleton<IReadOnlyDictionary<Channel, IMessageSender>>(Senders);
        services.AddHostedService<Founding>();
        return services;
    }

    /// <summary>The clients of the storage account: by identity, or by a well-known string for the local emulator.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, AzureOptions options)
    {
        services.AddSingleton(options.IsEmulated ? new TableServiceClient(AzureOptions.Emulator) : new TableServiceClient(options.Tables!, Credential(options)));
        services.AddSingleton(options.IsEmulated ? new BlobServiceClient(AzureOptions.Emulator) : new BlobServiceClient(options.Blobs!, Credential(options)));
        return services;
    }

    private static TokenCredential Credential(AzureOptions options) => options.Identity is { } client
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client))
        : new DefaultAzureCredential();

    private static Dictionary<Channel, IMessageSender> Senders(IServiceProvider services)
    {
        var options = services.GetRequiredService<AzureOptions>();
        var senders = new Dictionary<Channel, IMessageSender>
        {
            [Channel.Email] = new NoProvider("e-mail"),
            [Channel.Sms] = new NoProvider("SMS"),
            [Channel.Letter] = services.GetRequiredService<LetterStore>(),
        };
        if (options is { EmailEndpoint: { } endpoint, EmailFrom: { } from })
            senders[Channel.Email] = new EmailSender(
                services.GetService<EmailClient>() ?? Email(endpoint, options), from, options.RedirectTo, services.GetRequiredService<Carried>(), Throttle(services, "email"));
        if (options.RedirectTo is not null)
            senders[Channel.Sms] = new RedirectedSms(senders[Channel.Email]);
        else if (options.HasSms)
            senders[Channel.Sms] = new SmsSender(services.GetService<ITwilioRestClient>() ?? Sms(options), options.SmsFrom!, options.PublicUrl!, Throttle(services, "sms"));
        return senders;
    }

    // A retry of the client's own, after an answer that was lost, may send twice: there is none.
    private static EmailClient Email(Uri endpoint, AzureOptions options)
    {
        var how = new EmailClientOptions();
        how.Retry.MaxRetries = 0;
        return new(endpoint, Credential(options), how);
    }

    private static TwilioRestClient Sms(AzureOptions options) => new(
        options.TwilioKey ?? options.TwilioAccount!, options.TwilioSecret ?? options.TwilioAuthToken!, options.TwilioAccount!,
        httpClient: new SystemNetHttpClient(new System.Net.Http.HttpClient { Timeout = SmsPatience }));

    private static Throttle Throttle(IServiceProvider services, string sender) =>
        new(sender, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<OperatorLog>());
}

/// <summary>Nobody carries this channel here: the message waits, and after three business days becomes a task.</summary>
internal sealed class NoProvider(string what) : IMessageSender
{
    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) =>
        Task.FromResult<SendOutcome>(new SendOutcome.TryAgain(TimeSpan.FromHours(1), $"no provider is set for {what}"));

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) =>
        Task.FromResult<SendOutcome?>(new SendOutcome.TryAgain(TimeSpan.Zero, $"no provider is set for {what}"));
}
