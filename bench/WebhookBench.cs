using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dunning.Local;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Bench;

/// <summary>
/// Signed deliveries of Stripe over loopback to the whole embedded host, each one a payment of another invoice: how many a second are durably accepted, how long each
/// waits, and when all of them have become facts. Some come before it counts: a program just started translates itself first. The callers, in the same process, write prepared bytes to sockets: two cores serve both.
/// </summary>
internal static class WebhookBench
{
    private const string Secret = "whsec_of_the_bench_0001";
    private const int Connections = 64;
    private const int Before = 3000;

    public static async Task Run(int count, int? perSecond)
    {
        var folder = Directory.CreateTempSubdirectory("dunning-bench-").FullName;
        await using (var app = await LocalHost.Build(new() { DataFolder = folder, Urls = "http://127.0.0.1:0", Key = "bench-0123456789" }, _ => { }))
        {
            await app.StartAsync();
            await Prepare(app.Services, Before + count);
            var requests = Enumerable.Range(0, Before + count).Select(Request).ToArray();
            await Deliver(app, requests[..Before], null);
            await app.Services.GetRequiredService<WebhookRunner>().Quiet(default);
            await Measure(app, requests[Before..], perSecond);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task Prepare(IServiceProvider services, int count)
    {
        var (registry, store) = (services.GetRequiredService<Registry>(), services.GetRequiredService<ICaseStore>());
        foreach (var creditor in Enumerable.Range(0, count).Select(Invoices.Creditor).Distinct())
            await registry.Webhooks.Put(WebhookSettings.Key(creditor, "stripe"), creditor, new(creditor, "stripe") { Secrets = [new(Secret, Invoices.Now)] }, 0, null, default);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(500))
            await store.Append([.. chunk.Select(i => Invoices.RegisterDue(i, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60)))], default);
    }

    private static async Task Measure(WebApplication app, byte[][] requests, int? perSecond)
    {
        var (time, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage);
        var waited = await Deliver(app, requests, perSecond);
        Report.Say("signed webhooks, stored and answered", "");
        Report.Say("---", "---:");
        Report.Rate($"{requests.Length:n0} deliveries, {Connections} connections{(perSecond is { } wanted ? $", {wanted:n0}/s asked" : "")}", requests.Length, time.Elapsed);
        Report.Say("processor time a delivery, callers and processing included", string.Create(CultureInfo.InvariantCulture, $"{(Environment.CpuUsage.TotalTime - cpu.TotalTime).TotalMicroseconds / requests.Length:n0} µs"));
        Array.Sort(waited);
        foreach (var share in (double[])[0.5, 0.99, 0.999, 1])
            Report.Say(string.Create(CultureInfo.InvariantCulture, $"answered within, {share:p1}"), string.Create(CultureInfo.InvariantCulture, $"{waited[(int)Math.Min(waited.Length - 1, waited.Length * share)].TotalMilliseconds:n1} ms"));
        await app.Services.GetRequiredService<WebhookRunner>().Quiet(default);
        Report.Rate("made into facts, from the first delivery on", requests.Length, time.Elapsed);
        Report.Say("processor time a delivery, until all are facts", string.Create(CultureInfo.InvariantCulture, $"{(Environment.CpuUsage.TotalTime - cpu.TotalTime).TotalMicroseconds / requests.Length:n0} µs"));
        var paid = await app.Services.GetRequiredService<ICaseStore>().FindFact(Invoices.Creditor(Before + requests.Length - 1), $"stripe:pi_{Before + requests.Length - 1}", default);
        if (paid is null)
            throw new InvalidOperationException("The last payment never reached its case.");
    }

    private static async Task<TimeSpan[]> Deliver(WebApplication app, byte[][] requests, int? perSecond)
    {
        var address = new Uri(app.Urls.First());
        var (next, waited, time) = (-1, new TimeSpan[requests.Length], Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, address.Port);
            var (stream, buffer) = (client.GetStream(), new byte[4096]);
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Length;)
            {
                // At a given rate each has its time, and one that comes late has waited.
                var due = perSecond is { } rate ? TimeSpan.FromSeconds((double)i / rate) : time.Elapsed;
                if (due - time.Elapsed is { Ticks: > 0 } early)
                    await Task.Delay(early);
                await stream.WriteAsync(requests[i]);
                await Answered(stream, buffer);
                waited[i] = time.Elapsed - due;
            }
        })));
        return waited;
    }

    private static async Task Answered(NetworkStream stream, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            length += await stream.ReadAsync(buffer.AsMemory(length));
            var text = buffer.AsSpan(0, length);
            if (text.IndexOf("\r\n\r\n"u8) is var end && end < 0)
                continue;
            if (!text.StartsWith("HTTP/1.1 200"u8))
                throw new InvalidOperationException(Encoding.UTF8.GetString(text));
            var header = text[(text.IndexOf("Content-Length: "u8) + 16)..];
            if (length >= end + 4 + int.Parse(header[..header.IndexOf((byte)'\r')], CultureInfo.InvariantCulture))
                return;
        }
    }

    private static byte[] Request(int i)
    {
        var body = $$$"""
            {"id":"evt_{{{i}}}","object":"event","api_version":"2026-01-01","created":{{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}}},"type":"payment_intent.succeeded","livemode":true,"pending_webhooks":1,
            "data":{"object":{"id":"pi_{{{i}}}","object":"payment_intent","amount":12000,"amount_received":12000,"currency":"eur","status":"succeeded","latest_charge":"ch_{{{i}}}","description":"{{{new string('x', 600)}}}",
            "metadata":{"invoice_id":"{{{Invoices.Case(i)}}}"} } } }
            """;
        var t = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{t}.{body}")));
        return Encoding.UTF8.GetBytes($"POST /api/webhooks/stripe/{Invoices.Creditor(i)} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nStripe-Signature: t={t},v1={signature}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }
}
