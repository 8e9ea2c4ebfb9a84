using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Import;

namespace Dunning.Local.Commands;

/// <summary>POST /api/invoices/import, some hundred lines at a time, so that a large ledger neither waits for one answer nor meets the limits of a gateway.</summary>
internal sealed class ImportCommand : HostAct
{
    private const int Batch = 500;

    private readonly Argument<FileInfo> _file = new("file") { Description = "The ledger: CSV as accounting programs export it, or JSON lines." };
    private readonly Option<string?> _creditor = new("--creditor") { Description = "Whose invoices they are; needed unless the lines or the key say so." };
    private readonly Option<string?> _start = Values.OneOf("--start", "Cases begin held (as they do unless said otherwise), or active.", "held", "active");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Keep nothing; only say what would be kept." };

    public ImportCommand(Surroundings around, ProgramOptions options)
        : base("import", "Import a ledger. Good lines are kept, each bad one is shown with all its faults.", around, options,
            "dunning import samples/invoices.csv --creditor demo --dry-run", "dunning import ledger.csv --creditor demo --start active")
    {
        _file.AcceptExistingOnly();
        Add(_file);
        Add(_creditor);
        Add(_start);
        Add(_dryRun);
    }

    protected override async Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        using var host = Host(parsed, screen);
        var tally = new ImportTally(screen, parsed.GetValue(_dryRun));
        var path = RunningHost.Query("api/invoices/import", ("creditor", parsed.GetValue(_creditor)), ("start", parsed.GetValue(_start)), ("dryRun", tally.DryRun ? "true" : null));
        try
        {
            await screen.Track([parsed.GetValue(_file)!.Name], async bars => await Send(parsed.GetValue(_file)!, path, host, tally, bars[0], ct));
        }
        catch (LedgerRefused refused)
        {
            foreach (var fault in refused.Faults)
                screen.Warn(fault.Message);
            return ExitCode.Wrong;
        }
        catch (NoHost) when (tally.Lines > 0)
        {
            screen.Warn(screen.Words.Say(
                $"The host stopped answering after {tally.Lines} lines. Import the file again: what is kept is then known.",
                $"L’hôte ne répond plus après {tally.Lines} lignes. Importez de nouveau le fichier\u00A0: ce qui est enregistré sera reconnu."));
            throw;
        }
        tally.Show();
        return tally.Refused == 0 ? ExitCode.Fine : ExitCode.Wrong;
    }

    private static byte[] Body(List<ImportLine.Read> lines)
    {
        using var body = new MemoryStream();
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(body, line.Body, ApiJson.Options);
            body.WriteByte((byte)'\n');
        }
        return body.ToArray();
    }

    private static async Task<bool> Send(FileInfo file, string path, RunningHost host, ImportTally tally, IProgress<Portion> bar, CancellationToken ct)
    {
        await using var ledger = file.OpenRead();
        var batch = new List<ImportLine>(Batch);
        bar.Report(new(0, ledger.Length));
        await foreach (var line in LedgerReader.Read(ledger, ct))
        {
            batch.Add(line);
            if (batch.Count == Batch)
                await Send();
        }
        if (batch.Count > 0)
            await Send();
        bar.Report(new(ledger.Length, ledger.Length));
        return true;

        async Task Send()
        {
            var read = batch.OfType<ImportLine.Read>().ToList();
            IReadOnlyList<JsonNode> answered = [];
            if (read.Count > 0)
                answered = await host.PostLines(path, Body(read), ct);
            tally.Add(batch, read, answered);
            batch.Clear();
            bar.Report(new(ledger.Position, ledger.Length));
        }
    }
}
