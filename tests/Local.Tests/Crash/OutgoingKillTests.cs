using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local.Tests.Api;
using Dunning.Service.Api;

namespace Dunning.Local.Tests.Crash;

/// <summary>
/// The running program is killed while it tells a platform what happens: before an answer came, and after one that it could not write down any more. Whatever was
/// acknowledged is told in the end, under one id however often.
/// </summary>
public sealed class OutgoingKillTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 8, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task Killed_between_a_delivery_and_its_record_it_tells_again_under_the_same_id_and_forgets_nothing()
    {
        const int kills = 4, payments = 6;
        var folder = Directory.CreateTempSubdirectory("dunning-outkill-").FullName;
        await using var sink = new SmtpSink();
        await using var receiver = await Receiver.Start();
        try
        {
            string? endpoint = null;
            for (var kill = 0; kill < kills; kill++)
            {
                using var host = await HostProcess.Start(folder, sink.Port, Start);
                endpoint ??= await Endpoint(host.Http, receiver);
                for (var n = 0; n < payments; n++)
                    await Pay(host.Http, $"K-{kill}-{n}");
                var deadly = new TaskCompletionSource();
                var (left, answers) = (1 + kill, kill % 2 == 0);
                receiver.Answer = async (http, _) =>
                {
                    if (Interlocked.Decrement(ref left) > 0)
                        return;
                    // Half of the time the answer leaves, and nobody is there to take it.
                    if (answers)
                        await http.Response.CompleteAsync();
                    deadly.TrySetResult();
                    await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                };
                var moving = Move(host.Http);
                await deadly.Task;
                host.Kill();
                await moving;
            }
            receiver.Answer = (_, _) => Task.CompletedTask;
            using var last = await HostProcess.Start(folder, sink.Port, Start);
            await Move(last.Http);
            var told = receiver.All.GroupBy(r => (string)r.Json["data"]!["paymentId"]!).ToList();
            Assert.Equal(kills * payments, told.Count);
            Assert.All(told, t => Assert.Single(t.Select(r => r.Id).Distinct()));
            Assert.True(receiver.All.Count > kills * payments, "nothing was told again: the test tested nothing");
            var shown = await last.Http.GetFromJsonAsync<JsonElement>($"/api/webhook-endpoints/{endpoint}");
            Assert.Equal((0, 0), (shown.GetProperty("pending").GetInt32(), shown.GetProperty("deadLetters").GetInt32()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> Endpoint(HttpClient http, Receiver receiver)
    {
        using var made = await http.PostAsJsonAsync("/api/webhook-endpoints", new { creditor = "demo", url = receiver.Url, types = new[] { "payment.received" } });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task Pay(HttpClient http, string number)
    {
        var body = new
        {
            creditor = "demo",
            number,
            issueDate = "2026-09-01",
            dueDate = "2026-10-20",
            amount = 100m,
            currency = "EUR",
            debtor = new { name = "Client " + number, kind = "business", country = "FR", language = "fr", email = "c@example.org" },
        };
        using var registered = await http.PostAsJsonAsync("/api/invoices", body);
        using var paid = await http.PostAsJsonAsync($"/api/invoices/{CaseIds.Case("demo", number)}/payments", new { id = $"pay-{number}", amount = 10m, date = "2026-10-01" });
        Assert.True(registered.IsSuccessStatusCode && paid.IsSuccessStatusCode);
    }

    // An hour, so that what was tried again is due.
    private static async Task Move(HttpClient http)
    {
        try
        {
            var clock = await http.GetFromJsonAsync<JsonElement>("/api/clock");
            using var _ = await http.PostAsJsonAsync("/api/clock", new { to = clock.GetProperty("now").GetDateTimeOffset().AddHours(1) });
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or JsonException)
        {
        }
    }
}
