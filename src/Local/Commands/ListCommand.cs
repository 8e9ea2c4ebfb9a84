using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api;
using Spectre.Console;

namespace Dunning.Local.Commands;

/// <summary>GET /api/invoices, page after page.</summary>
internal sealed class ListCommand : HostAct
{
    private readonly Option<string?> _creditor = new("--creditor") { Description = "Of this creditor." };
    private readonly Option<string?> _status = Values.OneOf("--status", "In this status.", [.. Enum.GetValues<CaseStatus>().Select(ApiJson.Name)]);
    private readonly Option<string?> _debtor = new("--debtor") { Description = "Of this debtor, by id." };
    private readonly Option<string?> _number = new("--number") { Description = "With this invoice number." };
    private readonly Option<DateOnly?> _before = Values.Date("--due-before", "Due before this date.");
    private readonly Option<DateOnly?> _after = Values.Date("--due-after", "Due after this date.");
    private readonly Option<decimal?> _least = Values.Amount("--min-balance", "With at least this balance.");
    private readonly Option<DateTimeOffset?> _since = Values.Instant("--updated-since", "Changed since this instant.");
    private readonly Option<string?> _sort = Values.OneOf("--sort", "The order: dueDate, balance, updatedAt or number, with '-' before it for descending.",
        "dueDate", "balance", "updatedAt", "number", "-dueDate", "-balance", "-updatedAt", "-number");
    private readonly Option<int> _limit = new("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 100 };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "Go on where a list before ended: its nextCursor." };

    public ListCommand(Surroundings around, ProgramOptions options)
        : base("list", "List cases, by creditor, status, debtor, due date and balance.", around, options,
            "dunning list --status reminding --due-before 2026-11-01 --sort -balance --limit 20", "dunning list --creditor demo | jq -r '.items[].number'")
    {
        foreach (var option in new Option[] { _creditor, _status, _debtor, _number, _before, _after, _least, _since, _sort, _limit, _cursor })
            Add(option);
        _limit.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() < 1)
                given.AddError("--limit must be at least 1.");
        });
    }

    protected override async Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        using var host = Host(parsed, screen);
        var (items, cursor) = (new JsonArray(), parsed.GetValue(_cursor));
        do
        {
            var page = await host.Get(Path(parsed, parsed.GetValue(_limit) - items.Count, cursor), ct);
            foreach (var item in page.List("items"))
                items.Add(item.DeepClone());
            cursor = page.Text("nextCursor");
        }
        while (cursor is not null && items.Count < parsed.GetValue(_limit));
        if (screen.Json)
            screen.Write(new JsonObject { ["items"] = items, ["nextCursor"] = cursor });
        else
            Show(screen, items, cursor is not null);
        return ExitCode.Fine;
    }

    private string Path(ParseResult parsed, int left, string? cursor) => RunningHost.Query("api/invoices",
        ("creditor", parsed.GetValue(_creditor)), ("status", parsed.GetValue(_status)), ("debtor", parsed.GetValue(_debtor)), ("number", parsed.GetValue(_number)),
        ("dueBefore", Day(parsed.GetValue(_before))), ("dueAfter", Day(parsed.GetValue(_after))),
        ("minBalance", parsed.GetValue(_least)?.ToString(CultureInfo.InvariantCulture)), ("updatedSince", parsed.GetValue(_since)?.ToString("O", CultureInfo.InvariantCulture)),
        ("sort", parsed.GetValue(_sort)), ("limit", Math.Min(left, Paging.Max).ToString(CultureInfo.InvariantCulture)), ("cursor", cursor));

    private static string? Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Show(Screen screen, JsonArray items, bool more)
    {
        var words = screen.Words;
        var table = Cells.Table(words.Say("Invoice<", "Facture<"), words.Say("Debtor", "Débiteur"), words.Say("Due>", "Échéance>"), words.Say("Balance>", "Solde>"),
            words.Say("Status", "Statut"), words.Say("Next", "À suivre"), words.Say("Case<", "Dossier<"));
        foreach (var item in items)
            table.Row(item.Text("number"), item.Text("debtorName"), item.Date("dueDate") is { } due ? words.Date(due) : "",
                item.Number("balance") is { } balance ? words.Amount(balance, item.Text("currency") ?? "") : "",
                words.Of(Terms.Statuses, item.Text("status")), Outlook.Short(words, item.At("next")), item.Text("id"));
        if (items.Count > 0)
            screen.Show(table);
        screen.Say(words.Count(items.Count, new("case", "dossier"), new("cases", "dossiers"))
            + (more ? words.Say("; there are more: --limit", "\u202F; il y en a d’autres\u00A0: --limit") : "") + ".");
    }
}
