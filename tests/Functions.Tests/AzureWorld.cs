using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.Functions.Store;
using Dunning.Local;
using Dunning.Scenarios;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.StandIns;
using Dunning.TaskHub;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunning.Functions.Tests;

/// <summary>
/// The Azure host in memory: its own functions behind its own routes, its orchestrations on a task hub that replays them, a clock that stands still. What
/// leaves is captured.
/// </summary>
public sealed class AzureWorld : IAsyncDisposable
{
    public const string Key = "first-key-of-the-tests-0123456789";
    public static readonly DateTimeOffset Start = new(2026, 10, 1, 10, 0, 0, TimeSpan.FromHours(2));

    private static readonly (string Function, string Method, TemplateMatcher Route)[] Functions =
    [
        .. from type in typeof(CaseOrchestration).Assembly.GetTypes()
           from method in type.GetMethods()
           let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
           where name is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           let template = TemplateParser.Parse(trigger.Route!)
           orderby template.Parameters.Count
           select (name, trigger.Methods![0].ToUpperInvariant(), new TemplateMatcher(template, [])),
    ];

    private static int _accounts;

    private readonly ServiceProvider _services;
    private int _numbers;

    private AzureWorld(string account, ServiceProvider services, VirtualClock clock, Capture sent)
    {
        Name = account;
        (Account, Blobs) = (TableAccount.At(new Uri($"https://{account}.table.example.org")), BlobAccount.At(new Uri($"https://{account}.blob.example.org")));
        // Rows of a store whose clock runs apart would look old, and be cleared away.
        Account.Clock = clock;
        (_services, Clock, Sent) = (services, clock, sent);
        Hub = new Hub(clock) { Services = services }.Add(typeof(CaseOrchestration).Assembly);
    }

    public Hub Hub { get; }

    /// <summary>The storage account, to count what it is asked.</summary>
    public TableAccount Account { get; }

    public string Name { get; }

    public BlobAccount Blobs { get; }

    public VirtualClock Clock { get; }

    public Capture Sent { get; }

    public IServiceProvider Services => _services;

    public DyingStore Store => _services.GetRequiredService<DyingStore>();

    /// <summary>What was logged, each line with its level and category.</summary>
    public RecordedLog Log => _services.GetRequiredService<RecordedLog>();

    /// <summary>Change speaks last about settings and services; real senders, on providers in memory, take the place of the captured one.</summary>
    /// <param name="account">The storage account of an earlier world, for a program that starts where another ended.</param>
    public static async Task<AzureWorld> Begin(
        DateTimeOffset? at = null, Action<Dictionary<string, string?>>? settled = null, Action<IServiceCollection>? change = null, bool realSenders = false,
        string? account = null)
    {
        account ??= $"world{Interlocked.Increment(ref _accounts)}";
        var (clock, sent) = (new VirtualClock(at ?? Start), new Capture());
        var settings = new Dictionary<string, string?>
        {
            ["DUNNING_TABLES"] = $"https://{account}.table.example.org",
            ["DUNNING_BLOBS"] = $"https://{account}.blob.example.org",
            ["DUNNING_SENDING"] = "live",
            ["DUNNING_ACS_ENDPOINT"] = $"https://{account}.mail.example.org",
            ["DUNNING_PUBLIC_URL"] = "https://dunning.example.org",
            ["DUNNING_EMAIL_FROM"] = "relances@example.org",
            ["DUNNING_KEY"] = Key,
        };
        settled?.Invoke(settings);
        var options = AzureOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var log = new RecordedLog();
        var services = new ServiceCollection().AddSingleton(log).AddLogging(b => b.AddProvider(log).SetMinimumLevel(LogLevel.Debug));
        services.AddStorage(options).AddSingleton<AzureStore>().AddAzure<AzureStore>(options);
        services.AddSingleton<DyingStore>(p => new(p.GetRequiredService<AzureStore>()));
        services.AddSingleton<ICaseStore>(p => p.GetRequiredService<DyingStore>());
        services.AddSingleton<TimeProvider>(clock);
        if (!realSenders)
            services.AddSingleton<IReadOnlyDictionary<Channel, IMessageSender>>(
                new Dictionary<Channel, IMessageSender> { [Channel.Email] = sent, [Channel.Sms] = sent, [Channel.Letter] = sent });
        foreach (var type in typeof(CaseOrchestration).Assembly.GetTypes().Where(t => t.GetMethods().Any(m => m.GetCustomAttribute<FunctionAttribute>() is not null) && !t.IsAbstract))
            services.AddTransient(type);
        change?.Invoke(services);
        var world = new AzureWorld(account, services.BuildServiceProvider(), clock, sent);
        await world._services.GetRequiredService<AzureStore>().Prepare(default);
        foreach (var hosted in world._services.GetServices<IHostedService>())
            await hosted.StartAsync(default);
        await world._services.GetRequiredService<Registry>().Creditors.Put("demo", "demo", Demo.Creditor, 0, null, default);
        return world;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    public Task<Answered> Get(string path) => Send("GET", path, null);

    public Task<Answered> Post(string path, object body) => Send("POST", path, body as string ?? JsonSerializer.Serialize(body));

    /// <summary>Calls the function behind a route, then lets the orchestrations do what is ready.</summary>
    public async Task<Answered> Send(string method, string path, string? body)
    {
        var answered = await Call(method, path, body);
        await Hub.Run();
        return answered;
    }

    /// <summary>Calls the function behind a route, and nothing else.</summary>
    public async Task<Answered> Call(string method, string path, string? body, string key = Key)
    {
        var http = Answered.Request(_services, method, path, body, key);
        var function = Functions.First(f => f.Method == method && f.Route.TryMatch(http.Request.Path, http.Request.RouteValues)).Function;
        await Hub.Trigger(function, http.Request);
        return await Answered.Of(http);
    }

    /// <summary>Acknowledges a request, and dies before anybody is told.</summary>
    public async Task<Answered> Acknowledge(string method, string path, string? body)
    {
        var http = Answered.Request(_services, method, path, body);
        var name = Functions.First(f => f.Method == method && f.Route.TryMatch(http.Request.Path, http.Request.RouteValues)).Function;
        await _services.GetRequiredService<ApiPipeline>().Run(http, _services.GetRequiredService<Routes>().All.First(o => o.Name == name));
        return await Answered.Of(http);
    }

    /// <summary>A registration of a French business that owes 1,200 from 31 October on, with changes.</summary>
    public JsonObject Invoice(Action<JsonObject>? change = null) => Story.Invoice(++_numbers, change);

    /// <summary>Registers it and returns the path of its case.</summary>
    public async Task<string> Register(Action<JsonObject>? change = null)
    {
        var reply = await Send("POST", "/api/invoices", Invoice(change).ToJsonString());
        Assert.Equal(202, reply.Status);
        return reply.Location!;
    }

    /// <summary>A key for a role, scoped to creditors.</summary>
    public async Task<string> NewKey(string role, params string[] creditors)
    {
        var reply = await Post("/api/keys", new { name = "test", role, creditors });
        Assert.Equal(201, reply.Status);
        return reply["secret"]!;
    }

    public Task MoveTo(string instant) => Hub.AdvanceTo(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
}

/// <summary>Takes every message, and does with the next what a test asks for.</summary>
public sealed class Capture : IMessageSender
{
    public List<OutgoingMessage> Messages { get; } = [];

    public Queue<Func<OutgoingMessage, SendOutcome>> Next { get; } = new();

    /// <summary>False: the provider cannot be asked.</summary>
    public bool Remembers { get; set; } = true;

    public IEnumerable<string> Keys => Messages.Select(m => $"{m.WrittenAt:yyyy-MM-dd} {m.Key.Step} {MessageKey.Name(m.Key.Channel)}");

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        Messages.Add(message);
        return Task.FromResult(Next.TryDequeue(out var next) ? next(message) : new SendOutcome.Accepted(message.Key.ToString()));
    }

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(
        !Remembers ? null
        : Messages.Exists(m => m.Identity == message.Identity) ? new SendOutcome.Accepted(message.Key.ToString())
        : new SendOutcome.TryAgain(TimeSpan.Zero, "never received"));
}
