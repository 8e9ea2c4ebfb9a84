using System.Net;
using System.Text;
using System.Text.Json;
using Dunning.BankSamples;
using Dunning.Service.Api;

namespace Dunning.Local.Tests.Crash;

/// <summary>
/// The running program is killed at random instants while it takes a statement in; the statement is sent again until it was read whole. <see cref="Kills"/> says how often.
/// </summary>
public sealed class StatementKillTests
{
    private const int Invoices = 900;
    private static readonly DateTimeOffset Start = new(2026, 10, 6, 8, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task Killed_while_it_reads_a_statement_it_pays_each_invoice_once_when_it_is_sent_again()
    {
        var (kills, seed) = Kills.Asked(4, Random.Shared.Next(1_000_000));
        var chance = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("dunning-statement-kill-").FullName;
        await using var sink = new SmtpSink();
        try
        {
            var statement = Statement();
            var cutShort = 0;
            using (var host = await HostProcess.Start(folder, sink.Port, Start))
                await Import(host.Http);
            for (var kill = 0; kill < kills; kill++)
            {
                using var host = await HostProcess.Start(folder, sink.Port, Start);
                using (await host.Http.GetAsync("/api/invoices"))
                {
                    var taking = Take(host.Http, statement);
                    // The first time early, so that one at least falls before the last line.
                    await Task.Delay(kill == 0 ? 30 : chance.Next(30, 600));
                    host.Kill();
                    cutShort += await taking is null ? 1 : 0;
                }
            }
            Assert.True(cutShort > 0, $"seed {seed}: the statement was never cut short: the test tested nothing");
            using var last = await HostProcess.Start(folder, sink.Port, Start);
            var lines = await Take(last.Http, statement) ?? throw new InvalidOperationException($"seed {seed}: the statement was not taken");
            Assert.True(lines.Count == Invoices + 1 && lines[^1].GetProperty("summary").GetProperty("complete").GetBoolean(), $"seed {seed}: {lines.Count} lines");
            for (var i = 0; i < Invoices; i++)
                await Check(last.Http, i, seed);
            Assert.True(await Waiting(last.Http) == Invoices / 10, $"seed {seed}: {await Waiting(last.Http)} wait");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Number(int i) => $"F-2026-{i:d5}";

    // Every tenth line names nobody's invoice, and waits for a person.
    private static byte[] Statement() => Encoding.UTF8.GetBytes(Camt.Statement(8, Enumerable.Range(0, Invoices).Select(i =>
        CamtEntry.Of(i % 10 == 0 ? 7m : 60m, new() { Text = [i % 10 == 0 ? "divers" : $"acompte {Number(i)}"] }, $"BNK{i}"))));

    private static async Task Import(HttpClient http)
    {
        var csv = new StringBuilder("number,issueDate,dueDate,amount,currency,debtorName,debtorKind,debtorCountry,debtorEmail\n");
        for (var i = 0; i < Invoices; i++)
            csv.AppendLine($"{Number(i)},2026-09-01,2026-11-15,100.00,EUR,Client {i},business,FR,client{i}@example.org");
        using var response = await http.PostAsync("/api/invoices/import?creditor=demo&start=active", new StringContent(csv.ToString(), Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Invoices, (await response.Content.ReadAsStringAsync()).Split("\"result\":\"accepted\"").Length - 1);
    }

    // Null when the axe fell before the last line.
    private static async Task<List<JsonElement>?> Take(HttpClient http, byte[] statement)
    {
        try
        {
            using var response = await http.PostAsync("/api/statements?creditor=demo", new ByteArrayContent(statement));
            var text = await response.Content.ReadAsStringAsync();
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static async Task Check(HttpClient http, int i, int seed)
    {
        using var shown = JsonDocument.Parse(await http.GetStringAsync($"/api/invoices/{CaseIds.Case("demo", Number(i))}"));
        var balance = shown.RootElement.GetProperty("balance").GetDecimal();
        Assert.True(balance == (i % 10 == 0 ? 100m : 40m), $"seed {seed}: {Number(i)} shows {balance}");
    }

    private static async Task<int> Waiting(HttpClient http)
    {
        using var listed = JsonDocument.Parse(await http.GetStringAsync("/api/unmatched?creditor=demo&limit=500"));
        return listed.RootElement.GetProperty("items").GetArrayLength();
    }
}
