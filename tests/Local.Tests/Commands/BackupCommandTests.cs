using System.IO.Compression;
using Dunning.Local.Store;
using Dunning.Local.Tests.Api;
using Dunning.Service;
using Dunning.Service.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Commands;

/// <summary>A backup taken while the host runs is a house that can be lived in, and sends nothing before somebody says so (P2).</summary>
public sealed class BackupCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dunning-backup-").FullName;
    private readonly TestHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return _host.DisposeAsync();
    }

    [Theory]
    [InlineData("copy")]
    [InlineData("copy.zip")]
    public async Task A_host_on_the_copy_knows_the_same_and_sends_only_when_told_and_never_again(string name)
    {
        var path = await _host.Register();
        await _host.MoveTo("2026-11-10T12:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email"], await _host.Sent(path));
        var taken = await Cli.Piped("backup", Path.Combine(_folder, name), "--data", _host.Folder);
        Assert.True(taken.Code == 0, taken.ToString());
        Assert.Empty(taken.Json["findings"]!.AsArray());
        // What leaves from the original after the backup is what the copy does not know of.
        await _host.MoveTo("2026-11-17T12:00:00+01:00");
        var restored = Restore(name);
        Assert.Equal(0, (await Cli.Piped("verify", "--data", restored)).Code);
        Assert.Equal(OwnFiles(Path.Combine(_host.Folder, "outbox")).Where(f => !f.Contains(".second.", StringComparison.Ordinal)), OwnFiles(Path.Combine(restored, "outbox")));

        await using var copy = await LocalHost.Build(_host.Options with { DataFolder = restored, Clock = new(2026, 11, 10, 12, 0, 0, TimeSpan.FromHours(1)) }, _ => { });
        await copy.StartAsync();
        using var http = new Over(copy.Urls.First());
        Assert.Contains("backup of 2026-11-22 10:00 UTC", (string)(await http.Get("/api/sending"))["reason"]!, StringComparison.Ordinal);
        await http.Post("/api/clock", """{ "to": "2026-11-18T12:00:00+01:00" }""");
        var found = await http.Get(path);
        Assert.Equal(2, found["timeline"]!.AsArray().Count(e => (string)e!["kind"]! == "message"));
        Assert.Equal("sendingStopped", (string)found["next"]!["waitingFor"]!);
        Assert.Equal(2, OwnFiles(Path.Combine(restored, "outbox")).Length);

        await http.Put("/api/sending", """{ "stopped": false }""");
        await http.Post("/api/clock", """{ "to": "2026-11-19T12:00:00+01:00" }""");
        Assert.Equal(["courtesy email", "first email", "second email", "second sms"],
            (await http.Get(path))["timeline"]!.AsArray().Where(e => (string)e!["kind"]! == "message").Select(e => $"{e!["step"]} {e["channel"]}"));
    }

    [Fact]
    public async Task A_backup_while_the_host_writes_is_whole()
    {
        var digests = _host.Services.GetRequiredService<Digests>();
        var writing = Task.Run(async () =>
        {
            for (var day = 2; day < 25; day++)
            {
                await _host.Register();
                await _host.Register();
                await _host.MoveTo($"2026-10-{day:D2}T12:00:00+02:00");
                await digests.Make(default);
            }
        });
        for (var i = 0; i < 3 || !writing.IsCompleted; i++)
        {
            var taken = await Cli.Piped("backup", Path.Combine(_folder, $"{i}"), "--data", _host.Folder);
            Assert.True(taken.Code == 0, taken.ToString());
            Assert.Equal(0, (await Cli.Piped("verify", "--data", Path.Combine(_folder, $"{i}"))).Code);
        }
        await writing;
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_every_fault_is_named_at_once()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "taken.zip"), "mine");
        Assert.Equal(2, (await Cli.Piped("backup", Path.Combine(_folder, "taken.zip"), "--data", _host.Folder)).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(_folder, "taken.zip")));
        var inside = await Cli.Piped("backup", Path.Combine(_host.Folder, "outbox"), "--data", _host.Folder);
        Assert.Equal(2, inside.Code);
        Assert.Equal(2, inside.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(3, (await Cli.Piped("backup", Path.Combine(_folder, "nowhere", "x"), "--data", _folder)).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(["taken.zip"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_damaged_store_is_backed_up_and_the_damage_is_told()
    {
        var id = (await _host.Register()).Split('/')[^1];
        using (var connection = Connection.Open(Path.Combine(_host.Folder, SqliteStore.FileName), Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            connection.Ask("DROP TRIGGER events_are_never_changed");
            connection.Ask("UPDATE events SET by = 'someone' WHERE seq = 1");
        }
        var taken = await Cli.Piped("backup", Path.Combine(_folder, "copy"), "--data", _host.Folder);
        Assert.Equal(1, taken.Code);
        Assert.Equal([id], taken.Json["findings"]!.AsArray().Select(f => (string)f!["case"]!));
        Assert.True(File.Exists(Path.Combine(_folder, "copy", SqliteStore.FileName)));
    }

    [Fact]
    public async Task A_copy_holds_nothing_of_the_process_and_only_its_owner_reads_it()
    {
        await _host.Register();
        Directory.CreateDirectory(Path.Combine(_host.Folder, "demo"));
        await File.WriteAllTextAsync(Path.Combine(_host.Folder, "demo", SqliteStore.FileName), "another house");
        Directory.CreateDirectory(Path.Combine(_host.Folder, "blobs", "deep"));
        await File.WriteAllTextAsync(Path.Combine(_host.Folder, "blobs", "deep", "a.pdf"), "%PDF-");
        await File.WriteAllTextAsync(Path.Combine(_host.Folder, "outbox", "x.eml.part"), "half");
        var copy = Path.Combine(_folder, "copy");
        await _host.Services.GetRequiredService<Digests>().Make(default);
        var read = await Cli.Read("fr", "backup", copy, "--data", _host.Folder);
        Assert.Contains("5\u00A0fichiers", read.Out, StringComparison.Ordinal);
        // The key of the debtors' links goes along, and the public half of the one that signs the record; its private half stays.
        var half = Path.GetFileName(Directory.GetFiles(Path.Combine(_host.Folder, "digests"), "*.pem").Single());
        string[] expected = ["blobs/deep/a.pdf", "digests/2026-10-01.json", $"digests/{half}", SqliteStore.FileName, "portal.key"];
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            Directory.GetFiles(copy, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(copy, f)).Order(StringComparer.Ordinal));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(_host.Folder, "portal.key")), await File.ReadAllTextAsync(Path.Combine(copy, "portal.key")));
        Assert.All(Directory.GetFiles(copy, "*", SearchOption.AllDirectories), f => Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(f), StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            foreach (var file in Directory.GetFiles(copy, "*", SearchOption.AllDirectories))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_restored_host_signs_with_another_key_which_is_no_fault_and_is_said()
    {
        await _host.Register();
        var link = _host.Services.GetRequiredService<ServerSecret>().KeyFor(ServerSecret.NoticeLinks);
        await _host.Services.GetRequiredService<Digests>().Make(default);
        var copy = Path.Combine(_folder, "copy");
        Assert.Equal(0, (await Cli.Piped("backup", copy, "--data", _host.Folder)).Code);
        Assert.Equal("[]", (await Cli.Piped("verify", "--data", copy)).Json["remarks"]!.ToJsonString());

        string key;
        await using (var restored = await LocalHost.Build(_host.Options with { DataFolder = copy, Clock = new(2026, 10, 2, 12, 0, 0, TimeSpan.Zero) }, _ => { }))
        {
            Assert.Equal(link, restored.Services.GetRequiredService<ServerSecret>().KeyFor(ServerSecret.NoticeLinks));
            key = restored.Services.GetRequiredService<DigestSigner>().Name!;
            Assert.Equal($"digest 2026-10-01: the last one that the key before signed: the host has another, {key}", await Remark(copy));
            Assert.NotNull(await restored.Services.GetRequiredService<Digests>().Make(default));
            Assert.Equal($"digest 2026-10-02: from here on another key signs, {key}; the change is on the record", await Remark(copy));
            var act = Assert.Single(await restored.Services.GetRequiredService<AdminLog>().Newest(null, null, 1, default));
            Assert.Equal(("engine", "digestKey", key), (act.By, act.What, act.Subject));
            Assert.Empty((await restored.Services.GetRequiredService<Verification>().Run(null, default)).Faults);
        }
        using (var connection = Connection.Open(Path.Combine(copy, SqliteStore.FileName), Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
            connection.Ask("DELETE FROM documents WHERE kind = 'admin-log' AND json LIKE '%digestKey%'");
        Assert.Contains($"digest 2026-10-02: another key, {key}, signed it than the one before, and no change of key is on the record",
            (await Cli.Piped("verify", "--data", copy)).Json["findings"]!.AsArray().Select(f => (string)f!["what"]!));
    }

    private static async Task<string> Remark(string folder)
    {
        var told = await Cli.Piped("verify", "--data", folder);
        Assert.True(told.Code == 0, told.ToString());
        return (string)Assert.Single(told.Json["remarks"]!.AsArray())!["what"]!;
    }

    private string Restore(string name)
    {
        if (!name.EndsWith(".zip", StringComparison.Ordinal))
            return Path.Combine(_folder, name);
        ZipFile.ExtractToDirectory(Path.Combine(_folder, name), Path.Combine(_folder, "unpacked"));
        return Path.Combine(_folder, "unpacked");
    }

    private static string[] OwnFiles(string folder) => [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
