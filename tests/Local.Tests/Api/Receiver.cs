using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Local.Tests.Api;

/// <summary>One request as a platform receives it.</summary>
internal sealed record Received(IHeaderDictionary Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"].ToString();

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Headers["webhook-timestamp"].ToString(), System.Globalization.CultureInfo.InvariantCulture));

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => (string)Json["type"]!;

    public async Task<Verdict> Verify(string secret) => await new StandardVerifier().Verify(new(Headers, Body), new([secret]), At, default);
}

/// <summary>A platform's endpoint on this machine: it keeps what it is told, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _arrived = new(0);

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>Given the request and its number, from 1 on.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public string Url => _app.Urls.First() + "/dunning";

    public IEnumerable<string> Types => All.Select(r => r.Type);

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        var number = 0;
        receiver._app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            receiver.All.Enqueue(new(new HeaderDictionary(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase)), body.ToArray()));
            receiver._arrived.Release();
            await receiver.Answer(http, Interlocked.Increment(ref number));
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for one more delivery.</summary>
    public async Task Arrival() => Assert.True(await _arrived.WaitAsync(TimeSpan.FromMinutes(2)), "nothing arrived");

    public void AnswerAlways(int status) => Answer = (http, _) =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrived.Dispose();
    }
}
