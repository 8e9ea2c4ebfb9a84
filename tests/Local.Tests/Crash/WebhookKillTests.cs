using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Service.Api;

namespace Dunning.Local.Tests.Crash;

/// <summary>
/// The running program is killed at random instants while payments are delivered to it, each by three events of which the provider repeats what was not answered.
/// <see cref="Kills"/> says how often.
/// </summary>
public sealed class WebhookKillTests
{
    private const string Secret = "whsec_of_the_kill_tests_0001";
    private const int Invoices = 40;
    private const int Senders = 8;
    private const int AnsweredFirst = 40;
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 8, 0, 0, TimeSpan.FromHours(2));

    private readonly ConcurrentQueue<(string Id, string Body)> _unanswered = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> _paid = new();
    private int _payments;

    [Fact]
    public async Task Killed_at_any_instant_every_delivery_answered_becomes_its_fact_exactly_once()
    {
        var (kills, seed) = Kills.Asked(4);
        var chance = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("dunning-kill-").FullName;
        await using var sink = new SmtpSink();
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                using var host = await HostProcess.Start(folder, sink.Port, Start);
                if (kill == 0)
                    await Prepare(host.Http);
                else
                    await CheckStored(host.Http, seed);
                var senders = Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Deliver(host.Http, new Random(chance.Next()), more: true)));
                // The first answers of a process are slow; the axe is counted from the moment it does work.
                var before = _acknowledged.Count;
                while (_acknowledged.Count < before + AnsweredFirst && !senders.IsCompleted)
                    await Task.WhenAny(Task.Delay(1), senders);
                await Task.Delay(chance.Next(1, 400));
                host.Kill();
                await senders;
            }
            using var last = await HostProcess.Start(folder, sink.Port, Start);
            await CheckStored(last.Http, seed);
            await Deliver(last.Http, new Random(chance.Next()), more: false);
            await CheckMoney(last.Http, seed, kills);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Prepare(HttpClient http)
    {
        using var settings = await http.PutAsJsonAsync("/api/creditors/demo/webhooks/stripe", new { secrets = new[] { Secret } });
        Assert.True(settings.IsSuccessStatusCode);
        for (var i = 0; i < Invoices; i++)
        {
            var debtor = new { name = "Client", kind = "business", country = "FR", language = "fr", email = $"c{i}@example.org" };
            var invoice = new { creditor = "demo", number = $"W-{i}", issueDate = "2026-09-01", dueDate = "2026-12-31", amount = 1_000_000m, currency = "EUR", debtor };
            using var registered = await http.PostAsJsonAsync("/api/invoices", invoice);
            Assert.True(registered.IsSuccessStatusCode);
        }
    }

    // As a provider does: what was not answered is delivered again, and now and then what was.
    private async Task Deliver(HttpClient http, Random chance, bool more)
    {
        while (true)
        {
            if (!_unanswered.TryDequeue(out var delivery))
            {
                if (!more)
                    return;
                Pay(chance);
                continue;
            }
            if (!await IsTaken(http, delivery.Body))
            {
                _unanswered.Enqueue(delivery);
                return;
            }
            _acknowledged[delivery.Id] = true;
            if (chance.Next(10) == 0)
                _unanswered.Enqueue(delivery);
        }
    }

    // Ten euros in, told twice by events of two ids, and four of them back.
    private void Pay(Random chance)
    {
        var (payment, invoice) = (Interlocked.Increment(ref _payments), chance.Next(Invoices));
        _paid.AddOrUpdate(invoice, 1, (_, n) => n + 1);
        var money = $$$"""{"id":"pi_{{{payment}}}","amount_received":1000,"currency":"eur","metadata":{"invoice_id":"W-{{{invoice}}}"} }""";
        var back = $$$"""{"id":"re_{{{payment}}}","payment_intent":"pi_{{{payment}}}","amount":400,"currency":"eur","status":"succeeded"}""";
        var events = new List<(string, string)> { Event($"evt_{payment}_a", "payment_intent.succeeded", money), Event($"evt_{payment}_b", "payment_intent.succeeded", money), Event($"evt_{payment}_c", "refund.created", back) };
        while (events.Count > 0)
        {
            var next = chance.Next(events.Count);
            _unanswered.Enqueue(events[next]);
            events.RemoveAt(next);
        }
    }

    private static (string Id, string Body) Event(string id, string type, string thing) =>
        (id, $$$"""{"id":"{{{id}}}","type":"{{{type}}}","created":1790000000,"data":{"object":{{{thing}}}} }""");

    private static async Task<bool> IsTaken(HttpClient http, string body)
    {
        var t = Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe/demo") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Stripe-Signature", $"t={t},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{t}.{body}")))}");
        try
        {
            using var response = await http.SendAsync(request);
            Assert.Equal(200, (int)response.StatusCode);
            return true;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private async Task CheckStored(HttpClient http, int seed)
    {
        var stored = new HashSet<string>(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/webhook-deliveries?creditor=demo&limit=500{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                Assert.True(item.GetProperty("outcome").GetString() is "applied" or "kept", $"seed {seed}: {item}");
                stored.Add(item.GetProperty("eventId").GetString()!);
            }
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        Assert.All(_acknowledged.Keys, id => Assert.True(stored.Contains(id), $"seed {seed}: {id} was answered and is not there"));
    }

    private async Task CheckMoney(HttpClient http, int seed, int kills)
    {
        Assert.True(_payments > 10 * kills, $"seed {seed}: only {_payments} payments were delivered: the test tested nothing");
        foreach (var (invoice, payments) in _paid)
        {
            var shown = await http.GetFromJsonAsync<JsonElement>($"/api/invoices/{CaseIds.Case("demo", $"W-{invoice}")}");
            Assert.Equal((seed, invoice, 1_000_000m - (6m * payments)), (seed, invoice, shown.GetProperty("balance").GetDecimal()));
        }
    }
}
