using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local.Tests.Api;

/// <summary>The real host on a port of its own, in a folder of its own, under a test clock: what a client sees, nothing else.</summary>
public sealed class TestHost : IAsyncLifetime
{
    public const string Key = "first-key-of-the-tests-0123456789";
    public static readonly DateTimeOffset Start = new(2026, 10, 1, 10, 0, 0, TimeSpan.FromHours(2));

    // A month of many cases is one call, and the machine may be busy.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(10) };
    private WebApplication? _app;
    private int _numbers;

    public LocalOptions Options { get; set; } = new() { Urls = "http://127.0.0.1:0", Key = Key, Clock = Start };

    public string Folder { get; private set; } = "";

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public ConcurrentQueue<string> Logged { get; } = new();

    public string Outbox => Path.Combine(Folder, "outbox");

    public static async Task<TestHost> Run(Func<LocalOptions, LocalOptions>? options = null)
    {
        var host = new TestHost();
        host.Options = options is null ? host.Options : options(host.Options);
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        Folder = Directory.CreateTempSubdirectory("dunning-api-").FullName;
        Options = Options with { DataFolder = Folder };
        await Begin();
    }

    public async Task Restart(LocalOptions? options = null)
    {
        await _app!.DisposeAsync();
        Options = options ?? Options;
        await Begin();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task Begin()
    {
        _app = await LocalHost.Build(Options, _ => { });
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Ear(Logged));
        await _app.StartAsync();
        Address = new(_app.Urls.First());
    }

    public Task<Reply> Get(string path, string? key = Key, params (string, string)[] headers) => Send("GET", path, null, key, headers);

    public Task<Reply> Post(string path, object? body = null, string? key = Key, params (string, string)[] headers) => Send("POST", path, body ?? new { }, key, headers);

    public Task<Reply> Put(string path, object? body, string? key = Key, params (string, string)[] headers) => Send("PUT", path, body, key, headers);

    /// <summary>A body that is a text or bytes goes out as it is.</summary>
    public async Task<Reply> Send(string method, string path, object? body, string? key = Key, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(Address, path));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body as byte[] ?? Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body)));
            request.Content.Headers.ContentType = new("application/json");
        }
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        using var response = await _http.SendAsync(request);
        return await Reply.Of(response);
    }

    /// <summary>A registration of a French business that owes 1,200 from 31 October on, with changes.</summary>
    public JsonObject Invoice(Action<JsonObject>? change = null) => Story.Invoice(Interlocked.Increment(ref _numbers), change);

    /// <summary>Registers it and returns the path of its case.</summary>
    public async Task<string> Register(Action<JsonObject>? change = null)
    {
        var reply = await Post("/api/invoices", Invoice(change));
        Assert.Equal(202, reply.Status);
        return reply.Location!;
    }

    public async Task MoveTo(string instant)
    {
        var moved = await Post("/api/clock", new { to = instant });
        Assert.True(moved.Status == 200, $"{moved}\n{string.Join('\n', Logged)}");
    }

    /// <summary>The names of the messages that have left for a case, in order.</summary>
    public async Task<string[]> Sent(string path) => [.. (await Get(path)).Timeline("message").Select(m => $"{m["at"]!.GetValue<string>()[..10]} {m["step"]} {m["channel"]}")];

    public async Task<JsonNode> Task(string path, string kind) =>
        (await Get($"/api/tasks?kind={kind}&case={path.Split('/')[^1]}")).Json["items"]!.AsArray().Single()!["task"]!;

    /// <summary>A key for a role, scoped to creditors; every creditor's without.</summary>
    public async Task<string> NewKey(string role, params string[] creditors)
    {
        var reply = await Post("/api/keys", new { name = "test", role, creditors = creditors.Length == 0 ? null : creditors });
        Assert.Equal(201, reply.Status);
        return reply.Json["secret"]!.GetValue<string>();
    }

    private sealed class Ear(ConcurrentQueue<string> heard) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            heard.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>An answer with what the tests look at.</summary>
public sealed record Reply(int Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Location => Headers.GetValueOrDefault("Location");

    public string? Etag => Headers.GetValueOrDefault("ETag");

    public string? Code => Status >= 400 && ContentType == "application/problem+json" ? (string?)Json["code"] : null;

    public string[] Fields => [.. Json["faults"]!.AsArray().Select(f => (string)f!["field"]!)];

    public string this[string path] => path.Split('.').Aggregate((JsonNode?)Json, (node, name) => node?[name])?.ToString() ?? "null";

    public IEnumerable<JsonObject> Timeline(string kind) => Json["timeline"]!.AsArray().OfType<JsonObject>().Where(e => (string?)e["kind"] == kind);

    public static async Task<Reply> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    public override string ToString() => $"{Status} {Text}";
}
