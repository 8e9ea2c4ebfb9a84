using Dunning.Local.Store;
using Dunning.Local.Tests.Api;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Tests.Commands;

/// <summary>What is kept is checked while the host runs; every fault is found and named.</summary>
public sealed class VerifyCommandTests
{
    [Fact]
    public async Task A_sound_store_is_whole_while_its_host_writes()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 3; i++)
            await host.Register();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
                await host.Register();
        });
        do
        {
            var told = await Cli.Piped("verify", "--data", host.Folder);
            Assert.True(told.Code == 0, told.ToString());
            Assert.Empty(told.Json["findings"]!.AsArray());
            Assert.Equal(["integrity", "links", "record"], told.Json["checks"]!.AsArray().Select(c => (string)c!));
        }
        while (!writing.IsCompleted);
        await writing;
        var read = await host.Watch("fr", null, "verify", "--data", host.Folder);
        Assert.Contains("Intègre\u00A0: 43\u00A0dossiers.", read.Out, StringComparison.Ordinal);
        Assert.Contains("Le journal de chaque dossier", read.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_broken_case_is_named_and_a_lost_one_too()
    {
        await using var host = await TestHost.Run();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await host.Register()).Split('/')[^1]);
        Tamper(host.Folder, "DROP TRIGGER events_are_never_changed", $"UPDATE events SET by = 'someone' WHERE seq = 1 AND case_no = (SELECT no FROM cases WHERE id = '{ids[1]}')", $"DELETE FROM cases WHERE id = '{ids[2]}'");
        var told = await Cli.Piped("verify", "--data", host.Folder);
        Assert.Equal(1, told.Code);
        var found = told.Json["findings"]!.AsArray().Select(f => $"{f!["check"]} {f["case"]}").ToList();
        Assert.Contains($"record {ids[1]}", found);
        Assert.Contains(found, f => f.StartsWith("links no. ", StringComparison.Ordinal));
        Assert.DoesNotContain(found, f => f.Contains(ids[0], StringComparison.Ordinal));
        var read = await Cli.Read("en", "verify", "--data", host.Folder);
        Assert.Contains($"{ids[1]}: event 1: it is not what was acknowledged", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_damaged_pages_is_found_out()
    {
        var folder = Directory.CreateTempSubdirectory("dunning-damage-").FullName;
        try
        {
            using (SqliteStore.Open(folder))
                await Task.CompletedTask;
            var file = Path.Combine(folder, SqliteStore.FileName);
            var bytes = await File.ReadAllBytesAsync(file);
            bytes.AsSpan(4096 * 2, 4096 * 3).Fill(0xAA);
            await File.WriteAllBytesAsync(file, bytes);
            var told = await Cli.Piped("verify", "--data", folder);
            Assert.Equal(1, told.Code);
            Assert.Contains(told.Json["findings"]!.AsArray(), f => (string)f!["check"]! == "integrity");
            await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("This is no database. ", 400)));
            var nonsense = await Cli.Piped("verify", "--data", folder);
            Assert.Equal((1, "integrity"), (nonsense.Code, (string)nonsense.Json["findings"]![0]!["check"]!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Assert.Equal(2, (await Cli.Piped("verify", "--data", folder)).Code);
    }

    private static void Tamper(string folder, params string[] statements)
    {
        using var connection = Connection.Open(Path.Combine(folder, SqliteStore.FileName), SqliteOpenMode.ReadWrite);
        foreach (var sql in statements)
            connection.Ask(sql);
    }
}
