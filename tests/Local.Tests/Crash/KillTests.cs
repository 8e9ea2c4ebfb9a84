using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Local.Tests.Crash;

/// <summary>
/// The running program is killed at random instants while it registers, is paid, and sends. <see cref="Kills"/> says how often.
/// </summary>
public sealed class KillTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 8, 0, 0, TimeSpan.FromHours(2));

    private readonly Dictionary<string, decimal> _registered = [];
    private readonly Dictionary<string, decimal> _paid = [];
    private int _invoices;
    private DateOnly _today = DateOnly.FromDateTime(Start.Date);
    private DateOnly _due;

    [Fact]
    public async Task Killed_at_any_instant_it_loses_nothing_acknowledged_and_sends_nothing_twice()
    {
        var (kills, seed) = Kills.Asked(6);
        var chance = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("dunning-kill-").FullName;
        await using var sink = new SmtpSink();
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                using var host = await HostProcess.Start(folder, sink.Port, Start);
                // The first answers of a process are slow; the axe is counted from the moment it does work.
                using (await host.Http.GetAsync("/api/invoices"))
                {
                    var work = Task.WhenAll(Live(host.Http, chance.Next()), Pass(host.Http));
                    await Axe(host, sink, work, kill % 2 == 0 ? chance.Next(200, 1500) : null, chance.Next(1, 12));
                    await work;
                }
            }
            using var last = await HostProcess.Start(folder, sink.Port, Start);
            await CheckMoney(last.Http, seed);
            Assert.True(sink.Received.Count > kills, $"seed {seed}: only {sink.Received.Count} messages left: the test tested nothing");
            // What was acknowledged last has its reminders yet to come, and those of two invoices of one debtor as one message.
            await Pass(last.Http, days: 14);
            Assert.All(Rows(sink, seed), sent => Assert.True(sent.Value == 1, $"seed {seed}: {sent.Key} was sent {sent.Value} times"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Half of the time at any instant; the other half while the mail server has a message in hand, which chance alone would hardly ever hit.
    private static async Task Axe(HostProcess host, SmtpSink sink, Task work, int? milliseconds, int messages)
    {
        if (milliseconds is { } wait)
            await Task.Delay(wait);
        else
        {
            var reached = new TaskCompletionSource();
            sink.InHand = () =>
            {
                if (Interlocked.Decrement(ref messages) == 0)
                    reached.TrySetResult();
                if (messages <= 0)
                    host.WaitForDeath();
            };
            // Work that has failed sends no further message; it is awaited after the kill.
            await Task.WhenAny(reached.Task, work);
        }
        host.Kill();
        sink.InHand = null;
    }

    // Registers invoices and pays some of them, and remembers what was answered 2xx, until the axe falls.
    private async Task Live(HttpClient http, int seed)
    {
        var chance = new Random(seed);
        while (true)
        {
            // Every other debtor has two invoices, due on the same day, so that their reminders leave as one message: late enough that both are there before the first.
            var (number, owner) = ($"K-{++_invoices}", OwnerOf(_invoices));
            var amount = 100m + _invoices;
            _due = owner == _invoices ? _today.AddDays(chance.Next(5, 13)) : _due;
            var body = new
            {
                creditor = "demo",
                number,
                issueDate = "2026-09-01",
                dueDate = $"{_due:yyyy-MM-dd}",
                amount,
                currency = "EUR",
                debtor = new { id = $"c{owner}", name = $"Client {owner}", kind = "business", country = "FR", language = "fr", email = $"c{owner}@example.org" },
            };
            if (await Try(() => http.PostAsJsonAsync("/api/invoices", body)) is not HttpStatusCode.Accepted)
                return;
            _registered[number] = amount;
            if (chance.Next(2) == 0)
                continue;
            var part = chance.Next(2) == 0 ? amount : 40m;
            var payment = new { id = $"pay-{number}", amount = part, date = "2026-10-05" };
            if (await Try(() => http.PostAsJsonAsync($"/api/invoices/{CaseIds.Case("demo", number)}/payments", payment)) is HttpStatusCode.Accepted)
                _paid[number] = part;
        }
    }

    // Time passes, nine hours at a time, so that messages leave all along: until the axe falls, or so many days are over.
    private async Task Pass(HttpClient http, int? days = null)
    {
        var end = days is { } some ? _today.AddDays(some) : DateOnly.MaxValue;
        try
        {
            while (_today < end)
            {
                var clock = await http.GetFromJsonAsync<JsonElement>("/api/clock");
                var to = clock.GetProperty("now").GetDateTimeOffset().AddHours(9);
                using var _ = await http.PostAsJsonAsync("/api/clock", new { to });
                _today = DateOnly.FromDateTime(to.Date);
            }
        }
        catch (Exception cut) when (days is null && cut is (HttpRequestException or IOException or JsonException))
        {
        }
    }

    private static int OwnerOf(int invoice) => invoice % 4 == 2 ? invoice - 1 : invoice;

    // How often each reminder left, by itself or in a message with the debtor's other one. The id of such a message is made of its keys: the one it was made of is found
    // by making it again.
    private Dictionary<string, int> Rows(SmtpSink sink, int seed)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = Pairs();
        var joined = 0;
        foreach (var (identity, times) in sink.Received)
        {
            if (identity.Contains('+', StringComparison.Ordinal))
                joined++;
            IReadOnlyList<MessageKey> keys = identity.Contains('+', StringComparison.Ordinal) ? pairs[identity] : [MessageKey.Parse(identity)];
            foreach (var key in keys)
                rows[key.ToString()] = rows.GetValueOrDefault(key.ToString()) + times;
        }
        Assert.True(joined > 0, $"seed {seed}: no message was joined");
        return rows;
    }

    private Dictionary<string, IReadOnlyList<MessageKey>> Pairs()
    {
        string[] steps = ["courtesy", "first", "second"];
        var pairs = new Dictionary<string, IReadOnlyList<MessageKey>>(StringComparer.Ordinal);
        for (var invoice = 2; invoice <= _invoices; invoice += 4)
            foreach (var one in steps)
                foreach (var other in steps)
                {
                    MessageKey[] keys = [Key(invoice - 1, one), Key(invoice, other)];
                    keys = [.. keys.OrderBy(k => k.ToString(), StringComparer.Ordinal)];
                    pairs[Joint.IdOf(keys)] = keys;
                }
        return pairs;

        static MessageKey Key(int invoice, string step) => new(CaseIds.Case("demo", $"K-{invoice}"), step, Channel.Email, 1);
    }

    private async Task CheckMoney(HttpClient http, int seed)
    {
        Assert.True(_registered.Count > 10, $"seed {seed}: only {_registered.Count} invoices were acknowledged");
        foreach (var (number, amount) in _registered)
        {
            var shown = await http.GetFromJsonAsync<JsonElement>($"/api/invoices/{CaseIds.Case("demo", number)}");
            var balance = shown.GetProperty("balance").GetDecimal();
            // A payment whose answer was cut off may or may not have been taken; one that was answered was.
            if (_paid.TryGetValue(number, out var paid))
                Assert.True(balance == amount - paid, $"seed {seed}: {number} shows {balance}, {amount} less {paid} was acknowledged");
        }
    }

    private static async Task<HttpStatusCode?> Try(Func<Task<HttpResponseMessage>> request)
    {
        try
        {
            using var response = await request();
            return response.StatusCode;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
