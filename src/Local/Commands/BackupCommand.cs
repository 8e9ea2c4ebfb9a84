using System.CommandLine;
using Dunning.Local.Backup;
using Dunning.Local.Store;

namespace Dunning.Local.Commands;

/// <summary>Copies a data folder while a host may be using it, and checks the copy.</summary>
internal sealed class BackupCommand : Act
{
    private readonly TimeProvider _clock;
    private readonly Option<string> _data;
    private readonly Argument<string> _destination = new("destination") { Description = "A folder or a .zip that is not there yet, outside the data folder." };

    public BackupCommand(Surroundings around, ProgramOptions options)
        : base("backup", "Copy everything that is kept, while a host may be running, and check the copy. A restored copy sends nothing until it is told to.", around,
            "dunning backup /backups/2026-11-22.zip --data ./data", "dunning backup /backups/2026-11-22 --data ./data")
    {
        (_clock, _data) = (around.Clock, options.Data);
        Add(_destination);
    }

    protected override async Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        var (words, data, destination) = (screen.Words, Path.GetFullPath(parsed.GetValue(_data)!), Path.GetFullPath(parsed.GetValue(_destination)!).TrimEnd(Path.DirectorySeparatorChar));
        if (Faults(words, data, destination).ToList() is { Count: > 0 } faults)
            throw new BadUsage(faults);
        var outcome = await screen.Track([.. DataBackup.Parts.Select(words.Say)], bars => Task.Run(() => DataBackup.Write(data, destination, _clock.GetUtcNow(), bars, ct), ct));
        if (screen.Json)
            screen.Write(new { outcome.Destination, outcome.Files, outcome.Bytes, Findings = VerifyCommand.Faults(words, outcome.Findings), Remarks = VerifyCommand.Remarks(words, outcome.Findings) });
        screen.Say($"{outcome.Destination}{words.Colon("")} {words.Count(outcome.Files, new("file", "fichier"), new("files", "fichiers"))}, {words.Count(outcome.Bytes, new("byte", "octet"), new("bytes", "octets"))}.");
        if (!screen.Json)
            VerifyCommand.Show(screen, null, outcome.Findings);
        if (outcome.Findings.All(f => f.IsRemark))
            return ExitCode.Fine;
        screen.Warn(words.Say("The copy is there, and is as damaged as its original.", "La copie est faite, aussi endommagée que son original."));
        return ExitCode.Wrong;
    }

    private static IEnumerable<string> Faults(Words words, string data, string destination)
    {
        if (!File.Exists(Path.Combine(data, SqliteStore.FileName)))
            yield return words.Say($"There is no {SqliteStore.FileName} in {data}: say with --data where it is.", $"Il n’y a pas de {SqliteStore.FileName} dans {data}\u00A0: indiquez par --data où il se trouve.");
        if (Path.Exists(destination))
            yield return words.Say($"{destination} is there already; a backup overwrites nothing.", $"{destination} existe déjà\u202F; une sauvegarde n’écrase rien.");
        if ((destination + Path.DirectorySeparatorChar).StartsWith(data.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            yield return words.Say($"{destination} lies in the data folder, where it would be lost with it.", $"{destination} est dans le dossier des données, et serait perdu avec lui.");
        if (!Directory.Exists(Path.GetDirectoryName(destination)))
            yield return words.Say($"There is no folder {Path.GetDirectoryName(destination)}.", $"Le dossier {Path.GetDirectoryName(destination)} n’existe pas.");
    }
}
