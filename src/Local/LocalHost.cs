using Dunning.Domain;
using Dunning.Local.Store;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Audit;
using Dunning.Service.Console;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Events;
using Dunning.Service.Outgoing;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Reports;
using Dunning.Service.Webhooks;

namespace Dunning.Local;

/// <summary>The embedded host: one process, one folder, nothing else to install.</summary>
public static class LocalHost
{
    public const string DemoCreditor = "demo";

    /// <summary>Opens the folder and builds the host, ready to be started. The first key, if one was made up, is told to announce.</summary>
    /// <exception cref="AlreadyRunning">Another process has the folder.</exception>
    /// <exception cref="FormatException">A setting cannot be used.</exception>
    public static async Task<WebApplication> Build(LocalOptions options, Action<string> announce)
    {
        options.JudgeKey();
        var store = SqliteStore.Open(options.DataFolder);
        try
        {
            var app = await Build(options, store);
            await Found(app.Services, options, announce);
            // What a provider was told we have comes before anything leaves (P3).
            await app.Services.GetRequiredService<WebhookWork>().Sweep(CancellationToken.None);
            await app.Services.GetRequiredService<Runner>().Recover(CancellationToken.None);
            return app;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static async Task<WebApplication> Build(LocalOptions options, SqliteStore store)
    {
        // To ASP.NET Core a host it cannot read is every network card: a slip in the port would open the door to all.
        foreach (var url in options.Urls.Split(';'))
            if (BindingAddress.Parse(url) is { IsUnixPipe: false } binding && binding.Host.Contains(':', StringComparison.Ordinal) && !binding.Host.StartsWith('['))
                throw new FormatException($"'{url}' is not an address to listen on, such as http://localhost:7071.");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(k =>
        {
            // The pipeline limits what it reads; an import is read as it comes.
            k.Limits.MaxRequestBodySize = 2L * 1024 * 1024 * 1024;
            k.AddServerHeader = false;
        });
        // What stops the start is told by the program, in one line.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        var clock = options.Clock is { } start ? new VirtualClock(await TestClock.Start(start, store)) : TimeProvider.System;
        builder.Services.AddSingleton(clock);
        // By a factory, so that the container closes the store, after everything that uses it.
        builder.Services.AddSingleton(_ => store);
        builder.Services.AddSingleton<ICaseStore>(p => p.GetRequiredService<SqliteStore>());
        builder.Services.AddSingleton<ICaseLists>(p => p.GetRequiredService<SqliteStore>());
        builder.Services.AddSingleton<IDocuments>(p => p.GetRequiredService<SqliteStore>());
        builder.Services.AddSingleton(new Doors(options.PublicUrl, options.TwilioAuthToken));
        builder.Services.AddSingleton(SecretFile.Open(options.DataFolder));
        builder.Services.AddSingleton<IEventFeed>(p => p.GetRequiredService<SqliteStore>());
        builder.Services.AddSingleton(new EgressRules(options.LoopbackWebhooks));
        builder.Services.AddSingleton<IAuditStore>(p => p.GetRequiredService<SqliteStore>());
        builder.Services.AddSingleton(DigestKey.Of(options.DataFolder));
        builder.Services.AddSingleton<IDigestArchive>(new DigestFolder(Path.Combine(options.DataFolder, DigestFolder.Name)));
        builder.Services.AddSingleton(RetentionPeriods.Parse(options.Retention));
        var outbox = new Outbox(Path.Combine(options.DataFolder, "outbox"));
        builder.Services.AddSingleton<ISentCopies>(outbox);
        builder.Services.AddHostedService<AuditRunner>();
        builder.Services.AddDunning(options.MailDomain, options.IsOff);
        builder.Services.AddSingleton<IReadOnlyDictionary<Channel, IMessageSender>>(Senders(options, outbox));
        builder.Services.AddSingleton<Runner>();
        builder.Services.AddSingleton<INudge>(p => p.GetRequiredService<Runner>());
        builder.Services.AddHostedService(p => p.GetRequiredService<Runner>());
        builder.Services.AddSingleton<WebhookRunner>();
        builder.Services.AddSingleton<IArrivals>(p => p.GetRequiredService<WebhookRunner>());
        builder.Services.AddHostedService(p => p.GetRequiredService<WebhookRunner>());
        builder.Services.AddHostedService<PaymentRunner>();
        builder.Services.AddSingleton(new SendingMode(options.Sending switch { null => "outbox", "off" => "off", "live" => "live", _ => "redirect" }));
        builder.Services.AddHostedService<NoticeRunner>();
        if (options.Providers is { } providers)
            builder.Services.AddSingleton(providers);
        builder.Services.AddSingleton<DeliveryRunner>();
        builder.Services.AddHostedService(p => p.GetRequiredService<DeliveryRunner>());
        builder.Services.AddSingleton<TestClock>();
        builder.Services.AddSingleton<IRoutes>(p => p.GetRequiredService<TestClock>());
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static Dictionary<Channel, IMessageSender> Senders(LocalOptions options, Outbox outbox) => new()
    {
        [Channel.Email] = options.MailServer() is { } server ? new SmtpSender(server, options.RedirectTo) : outbox,
        [Channel.Sms] = outbox,
        [Channel.Letter] = outbox,
    };

    private static void Map(WebApplication app)
    {
        var (pipeline, runner, webhooks) = (app.Services.GetRequiredService<ApiPipeline>(), app.Services.GetRequiredService<Runner>(), app.Services.GetRequiredService<WebhookRunner>());
        // Under a test clock whoever looks sees what was told before, done: nothing moves between two requests.
        var stands = app.Services.GetRequiredService<TimeProvider>() is VirtualClock;
        foreach (var operation in app.Services.GetRequiredService<Routes>().All.Concat(app.Services.GetRequiredService<Sites>().All))
            app.MapMethods(operation.Route, [operation.Method], async http =>
            {
                if (stands && (operation.Method == "GET" || operation.Name == "moveClock"))
                {
                    await webhooks.Quiet(http.RequestAborted);
                    await runner.Quiet(http.RequestAborted);
                }
                await (operation.Name == "receiveWebhook" ? webhooks.Receive(() => pipeline.Run(http, operation)) : pipeline.Run(http, operation));
            });
        app.UseStatusCodePages(context => ApiPipeline.Empty(context.HttpContext));
    }

    // First start: a creditor to try things with, and a key to try them.
    private static async Task Found(IServiceProvider services, LocalOptions options, Action<string> announce)
    {
        var (registry, keys) = (services.GetRequiredService<Registry>(), services.GetRequiredService<KeyRing>());
        await services.GetRequiredService<PolicyBook>().Pin(default);
        await services.GetRequiredService<SqliteStore>().Relist(services.GetRequiredService<PolicyBook>(), default);
        if (await registry.Creditors.Get(DemoCreditor, default) is null)
            await registry.Creditors.Put(DemoCreditor, DemoCreditor, Demo.Creditor, 0, null, default);
        if (options.Key is { } given)
            await keys.Add(given, "first key", Role.Admin, null, null, default);
        else if ((await registry.Keys.List(null, null, 1, default)).Count == 0)
        {
            var secret = KeyRing.NewSecret();
            await keys.Add(secret, "first key", Role.Admin, null, null, default);
            announce(secret);
        }
    }
}
