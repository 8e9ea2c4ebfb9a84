using System.Globalization;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Local;

/// <summary>
/// A ledger chased for sixty days in a minute: imports the sample under a test clock, shows what leaves day by day, and lets a diligent operator post the
/// letters and approve what waits for approval.
/// </summary>
public sealed class Demo(
    ImportOperation import, TestClock clock, ICaseLists lists, IPolicyBook policies, ICaseStore store, DunningEngine engine, Acknowledger acknowledger, TimeProvider time)
{
    public static readonly DateTimeOffset Start = new(2026, 9, 15, 8, 0, 0, TimeSpan.FromHours(2));
    public const int Days = 60;
    private const string Operator = "demo operator";

    public static readonly Creditor Creditor = new("demo", "Moulins du Rhône")
    {
        Email = "facturation@moulins-du-rhone.example.com",
        Phone = "+33465710000",
        Address = new("14 quai des Minotiers", null, "69007", "Lyon"),
        Country = "FR",
        Siren = "732829320",
        Iban = "FR7630006000011234567890189",
        Senders = [new("Claire Dubois", "Comptabilité clients", "+33465710001", "claire.dubois@moulins-du-rhone.example.com", null)],
    };

    public async Task Run(Action<string> say, CancellationToken ct)
    {
        await using (var ledger = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "samples", "invoices.csv")))
            Tell(await import.Import(ledger, Creditor.Id, held: false, Operator, ct), say);
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var day = 0; day <= Days; day++)
        {
            await clock.MoveTo(Start.AddDays(day).AddHours(day == 0 ? 0 : 12), ct);
            await foreach (var (file, entries) in Stories(ct))
            {
                foreach (var line in entries.Skip(told.GetValueOrDefault(file.Id)).Select(e => Line(file, e)).OfType<string>())
                    say(line);
                told[file.Id] = entries.Count;
            }
            await Operate(ct);
        }
    }

    /// <summary>Per invoice, each message, task and letter with its date, and the final state, as a Markdown table.</summary>
    public async Task<string> Table(CancellationToken ct)
    {
        var table = new StringBuilder();
        table.AppendLine("# The demo's outcome").AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"`samples/invoices.csv`, imported on {Start:yyyy-MM-dd} and lived until {Start.AddDays(Days):yyyy-MM-dd} by the real engine.");
        table.AppendLine("An operator posts registered letters and gives approvals the same evening; nobody pays. Made by `dotnet run --project src/Local -- demo --table docs/demo.md`.").AppendLine();
        table.AppendLine("| Invoice | Debtor | Due | Balance | What happened | State |").AppendLine("|---|---|---|---|---|---|");
        await foreach (var (file, entries) in Stories(ct))
        {
            var policy = await policies.Get(file.Policy, ct);
            var folded = (await engine.Look(file.Id, ct))!;
            var happened = string.Join("<br>", entries.Select(Short).OfType<string>());
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {file.Invoice.Number} | {file.Debtor.Name} ({ApiJson.Name(file.Debtor.Kind)}, {file.Debtor.Country}) | {file.Invoice.DueDate:yyyy-MM-dd} | {file.Balance} | {happened} | {ApiJson.Name(Standing.Status(folded.State, policy))} |");
        }
        return table.ToString();
    }

    private static void Tell(IReadOnlyList<ImportResult> results, Action<string> say)
    {
        foreach (var result in results.Where(r => r.Result != "accepted"))
            say($"line {result.Line,3}: {result.Result} {result.Number} {string.Join("; ", result.Faults?.Select(f => $"{f.Field} {f.Message}") ?? [])}");
        say($"{results.Count(r => r.Result == "accepted")} invoices imported, {results.Count(r => r.Result == "known")} known already, {results.Count(r => r.Result == "refused")} refused.");
    }

    private async IAsyncEnumerable<(CaseFile File, IReadOnlyList<TimelineEntry> Entries)> Stories([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var teller = new Storyteller(policies, store.FindMessage);
        var page = await lists.Cases(new() { Creditors = [Creditor.Id], Sort = "number", Limit = 500 }, ct);
        foreach (var item in page.Items)
            yield return (item.State.Known!, await teller.Tell([.. (await lists.Log(item.Id, 0, 5000, ct)).Select(e => e.Logged)], ct));
    }

    private static string? Line(CaseFile file, TimelineEntry entry) => Short(entry) is { } what
        ? $"{entry.At:ddd dd MMM HH:mm}  {file.Invoice.Number}  {Cut(file.Debtor.Name, 30),-30}  {what[11..]}"
        : null;

    private static string? Short(TimelineEntry entry) => entry.Kind switch
    {
        "message" => $"{entry.At:yyyy-MM-dd} {entry.Channel}: {entry.Step}{(entry.Balance is { } asked ? $", {asked.ToString("0.00", CultureInfo.InvariantCulture)} asked" : "")}",
        "task" => $"{entry.At:yyyy-MM-dd} task: {entry.Type}{(entry.Step is { } step ? $" ({step})" : "")}",
        "event" when entry.Type is "stepLapsed" => $"{entry.At:yyyy-MM-dd} lapsed: {entry.Step}, {entry.Note}",
        "event" when entry.Type is "letterPosted" or "stepApproved" or "paymentReceived" => $"{entry.At:yyyy-MM-dd} {entry.Type}",
        "status" => $"{entry.At:yyyy-MM-dd} now {entry.Status}",
        _ => null,
    };

    private async Task Operate(CancellationToken ct)
    {
        var page = await lists.Cases(new() { Creditors = [Creditor.Id], Limit = 500 }, ct);
        foreach (var file in page.Items.Select(i => i.State.Known!))
        {
            foreach (var step in file.Steps)
                foreach (var leg in step.Legs.Where(l => l.AwaitsPosting))
                    await acknowledger.Tell(file.Id, new CaseEvent.LetterPosted(new(file.Id, step.Id, leg.Channel, leg.Sending), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)), Operator, ct);
            foreach (var task in file.Tasks.Where(t => t.Kind == TaskKind.Approval))
                await acknowledger.Tell(file.Id, new CaseEvent.StepApproved(task.Subject!) { Id = $"demo-approves:{task.Id}" }, Operator, ct);
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
