using System.Text;
using System.Text.Json.Nodes;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Commands;

/// <summary>A ledger imported by the command ends as one posted to the API does.</summary>
public sealed class ImportCommandTests : IAsyncLifetime
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "samples", "invoices.csv");
    private readonly string _folder = Directory.CreateTempSubdirectory("dunning-import-").FullName;
    private readonly TestHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task The_sample_is_told_line_by_line_as_the_api_tells_it()
    {
        var posted = await _host.Send("POST", "/api/invoices/import?creditor=demo&dryRun=true", await File.ReadAllBytesAsync(Sample));
        var rehearsed = await _host.Ask("import", Sample, "--creditor", "demo", "--dry-run");
        Assert.Equal(posted.Text, rehearsed.Out);
        Assert.Equal(1, rehearsed.Code);
        Assert.Empty((await _host.Ask("list")).Json["items"]!.AsArray());
        Assert.Equal(1, (await _host.Ask("import", Sample, "--creditor", "demo")).Code);
        Assert.All((await _host.Ask("list", "--limit", "500")).Json["items"]!.AsArray().Where(i => (string)i!["status"]! != "paid"), i => Assert.Equal("held", (string)i!["status"]!));
        Assert.Equal(0, (int)(await _host.Ask("import", Sample, "--creditor", "demo")).Lines[^1]["summary"]!["accepted"]!);
    }

    [Fact]
    public async Task A_ledger_of_several_batches_keeps_its_line_numbers_and_every_fault()
    {
        var file = Ledger(Enumerable.Range(1, 1300).Select(i => i is 3 or 1200 ? Line(i, "2026-13-01", -1) : i == 700 ? "{ broken" : Line(i)));
        var told = await _host.Ask("import", file, "--start", "active");
        Assert.Equal(1, told.Code);
        Assert.Equal(Enumerable.Range(1, 1300), told.Lines[..^1].Select(l => (int)l["line"]!));
        Assert.Equal([3, 700, 1200], told.Lines[..^1].Where(l => (string)l["result"]! == "refused").Select(l => (int)l["line"]!));
        Assert.Equal(["dueDate", "amount"], told.Lines[1199]["faults"]!.AsArray().Select(f => (string)f!["field"]!));
        Assert.Equal("""{"summary":{"lines":1300,"accepted":1297,"known":0,"refused":3,"dryRun":false}}""", told.Lines[^1].ToJsonString());
        var listed = await _host.Ask("list", "--limit", "1200", "--sort", "number");
        Assert.Equal(1200, listed.Json["items"]!.AsArray().Select(i => (string)i!["id"]!).Distinct().Count());
        Assert.NotNull(listed.Json["nextCursor"]);
        var all = await _host.Ask("list", "--limit", "2000");
        Assert.Equal((1297, null), (all.Json["items"]!.AsArray().Count, (string?)all.Json["nextCursor"]));
        Assert.Equal("scheduled", (string)(await _host.Ask("show", "L-0001", "--creditor", "demo")).Json["status"]!);
    }

    [Fact]
    public async Task A_rehearsal_finds_a_number_that_comes_again_batches_later()
    {
        var lines = Enumerable.Range(1, 1100).Select(i => Line(i)).ToArray();
        (lines[1000], lines[1050]) = (Line(1), Line(2, amount: 7));
        var rehearsed = await _host.Ask("import", Ledger(lines), "--dry-run");
        var imported = await _host.Ask("import", Ledger(lines));
        Assert.Equal(imported.Lines[..^1].Select(Result), rehearsed.Lines[..^1].Select(Result));
        Assert.Equal(("known", "refused"), (Result(rehearsed.Lines[1000]), Result(rehearsed.Lines[1050])));
    }

    [Fact]
    public async Task A_person_sees_progress_a_summary_and_each_bad_line()
    {
        var read = await _host.Watch("fr", null, "import", Sample, "--creditor", "demo", "--url", _host.Address.ToString());
        Assert.Equal(1, read.Code);
        foreach (var shown in new[] { "invoices.csv", "100\u00A0%", "31/06/2026", "-84,20", "42\u00A0lignes\u00A0: 39 acceptées, 1 déjà connues, 2 refusées." })
            Assert.Contains(shown, read.Out, StringComparison.Ordinal);
        Assert.Contains("\u001b[3", read.Out, StringComparison.Ordinal);
        var plain = await _host.Watch("en", "1", "import", Sample, "--creditor", "demo", "--url", _host.Address.ToString());
        Assert.Contains("100%", plain.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", plain.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_ledger_is_refused_whole()
    {
        var empty = await _host.Ask("import", Ledger([]));
        Assert.Equal((1, ""), (empty.Code, empty.Out));
        Assert.Contains("empty", empty.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _host.Ask("import", Path.Combine(_folder, "missing.csv"))).Code);
    }

    private static string Result(JsonNode line) => (string)line["result"]!;

    private static string Line(int i, string due = "2026-10-31", decimal amount = 100) =>
        $$$"""{"creditor":"demo","number":"L-{{{i:0000}}}","issueDate":"2026-09-30","dueDate":"{{{due}}}","amount":{{{amount}}},"currency":"EUR","debtor":{"name":"Chez Zoé\u0301 {{{i}}}","kind":"business","country":"FR","email":"d@example.org"}}""";

    private string Ledger(IEnumerable<string> lines)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.jsonl");
        File.WriteAllText(file, string.Join('\n', lines), new UTF8Encoding(false));
        return file;
    }
}
