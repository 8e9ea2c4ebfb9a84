using System.Globalization;
using System.Text;
using Dunning.Local.Store;
using Dunning.Local.Tests.Api;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Commands;

/// <summary>Whatever is done to the record of a folder, <c>verify</c> finds it out beside the running host, and names it.</summary>
public sealed class RecordCheckTests : IAsyncLifetime
{
    private const string Unlock = "DROP TRIGGER events_are_never_changed";
    private const string UnlockRemoval = "DROP TRIGGER events_are_never_taken_away";

    private readonly TestHost _host = new();
    private string _case = "";

    // Two cases, two days; the first case has number 1, and is told something on each day.
    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.NewKey("read");
        var path = await _host.Register();
        _case = path.Split('/')[^1];
        await _host.Register();
        await _host.Post($"{path}/payments", new { id = "p1", amount = 100m });
        await NextDay("2026-10-01T18:00:00+02:00");
        await _host.Post($"{path}/payments", new { id = "p2", amount = 200m });
        await NextDay("2026-10-02T18:00:00+02:00");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_record_nobody_touched_is_clean_beside_a_running_host_and_nothing_is_created()
    {
        var before = Files(_host.Folder);
        var told = await Cli.Piped("verify", "--data", _host.Folder);
        Assert.True(told.Code == 0, told.ToString());
        Assert.Equal("[] []", $"{told.Json["findings"]!.ToJsonString()} {told.Json["remarks"]!.ToJsonString()}");
        Assert.Equal(before, Files(_host.Folder));
    }

    [Theory]
    [InlineData("UPDATE events SET body = cast(replace(body, '100.00', '100.01') AS BLOB) WHERE case_no = 1", "it is not what was acknowledged")]
    [InlineData("DELETE FROM events WHERE no = (SELECT max(no) FROM events WHERE case_no = 1)", "it is missing")]
    [InlineData("UPDATE personal SET body = cast(replace(body, 'Boulangerie', 'Boucherie') AS BLOB) WHERE no = 1048577", "event 1: a personal value beside it is not the one it refers to")]
    [InlineData("DELETE FROM personal WHERE no = 1048577", "event 1: personal values beside it are gone, and no erasure on the record took them away")]
    [InlineData("UPDATE events SET format = 2, body = cast(replace(body, '100.00', '900.00') AS BLOB) WHERE case_no = 1 AND instr(body, '100.00')", "it claims to have been erased, and held nothing to erase")]
    [InlineData("DELETE FROM events WHERE case_no = 1; DELETE FROM messages WHERE case_no = 1; DELETE FROM cases WHERE no = 1", "the digest of 2026-10-02 covers it, and it is not there")]
    [InlineData("UPDATE events SET at = -1 WHERE no = 1048577", "event 1: it is not what was acknowledged")]
    public async Task What_was_done_to_a_case_is_named(string tampering, string what)
    {
        Tamper(tampering.Split("; "));
        Assert.Contains(await Found(), f => f.Case == _case && f.What.EndsWith(what, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DELETE FROM documents WHERE kind = 'digest' AND id = '2026-10-02'", "digest 2026-10-02: it was written out, and is not in the store any more")]
    [InlineData("UPDATE documents SET json = replace(json, '\"count\":', '\"count\":1') WHERE kind = 'digest' AND id = '2026-10-01'", "digest 2026-10-01: its signature does not fit it")]
    [InlineData("UPDATE documents SET json = 'nonsense' WHERE kind = 'digest' AND id = '2026-10-01'", "digest 2026-10-01: it, or what stands beside it, is no JSON")]
    [InlineData("UPDATE documents SET json = 'nonsense' WHERE kind = 'digest-heads' AND id LIKE '2026-10-01%'", "digest 2026-10-01: the heads it covers are not those it signed")]
    [InlineData("DROP TRIGGER admin_log_is_never_changed; UPDATE documents SET json = 'nonsense' WHERE kind = 'admin-log' AND id = '999999999998'", "log of administration, entry 1: it is not what was written, or one before it is missing")]
    public async Task What_was_done_beside_the_cases_is_named(string tampering, string what)
    {
        Tamper(tampering.Split("; "));
        Assert.Contains((null, what), await Found());
    }

    [Fact]
    public async Task A_digest_file_that_was_removed_or_changed_is_named()
    {
        var (first, second) = (Path.Combine(_host.Folder, "digests", "2026-10-01.json"), Path.Combine(_host.Folder, "digests", "2026-10-02.json"));
        File.Delete(first);
        await File.WriteAllTextAsync(second, (await File.ReadAllTextAsync(second)).Replace("\"length\":", "\"length\":1", StringComparison.Ordinal));
        Assert.Equal([(null, "digest 2026-10-01: the copy that was written out is not there"), (null, "digest 2026-10-02: the copy that was written out says something else")], await Found());
        var read = await Cli.Read("fr", "verify", "--data", _host.Folder);
        Assert.Contains("empreinte 2026-10-01\u00A0: la copie qui en a été écrite n’est pas là", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_chain_written_anew_consistently_after_a_digest_is_named()
    {
        using var connection = Open();
        var (hash, statements) = (Array.Empty<byte>(), new List<string> { Unlock });
        foreach (var row in EventLog.Chain(connection, _case))
        {
            var body = Encoding.UTF8.GetString(row.Body.Hashed).Replace("100.00", "900.00", StringComparison.Ordinal);
            hash = AuditChain.Next(hash, row.Seq, row.At, row.By, Encoding.UTF8.GetBytes(body), row.Body.Format);
            statements.Add(string.Create(CultureInfo.InvariantCulture, $"UPDATE events SET body = cast('{body}' AS BLOB), hash = x'{Convert.ToHexString(hash)}' WHERE case_no = 1 AND seq = {row.Seq}"));
        }
        Tamper([.. statements, $"UPDATE cases SET head = x'{Convert.ToHexString(hash)}' WHERE no = 1"]);
        var found = await Found();
        Assert.All(found, f => Assert.EndsWith("covers another one: the log was written anew since", f.What, StringComparison.Ordinal));
        Assert.Equal(2, found.Count(f => f.Case == _case));
    }

    [Fact]
    public async Task The_last_rows_taken_away_with_their_head_are_named()
    {
        using var connection = Open();
        var rows = EventLog.Chain(connection, _case);
        Tamper(UnlockRemoval, $"DELETE FROM events WHERE case_no = 1 AND seq = {rows.Count}",
            $"UPDATE cases SET head = x'{Convert.ToHexString(rows[^2].Hash)}', last_seq = {rows.Count - 1}, folded_seq = {rows.Count - 1} WHERE no = 1");
        Assert.Equal([(_case, $"event {rows.Count}: the digest of 2026-10-02 covers it, and the log does not reach that far")], await Found());
    }

    [Fact]
    public async Task Without_the_private_key_signatures_are_judged_by_the_public_half_and_without_both_that_is_said()
    {
        var key = Assert.Single(Directory.GetFiles(Path.Combine(_host.Folder, "digests"), "*.pem"));
        Directory.Delete(Path.Combine(_host.Folder, "keys"), recursive: true);
        Assert.Empty(await Found());
        Assert.False(Directory.Exists(Path.Combine(_host.Folder, "keys")));
        await File.WriteAllTextAsync(key, "nonsense");
        Assert.Contains((null, $"digests/{Path.GetFileName(key)} holds no key"), await Found());
        File.Delete(key);
        Assert.Equal(["2026-10-01", "2026-10-02"], (await Found()).Select(f =>
        {
            Assert.EndsWith($"it is signed by key {Path.GetFileNameWithoutExtension(key)}, whose public half is not trusted here: its signature cannot be judged", f.What, StringComparison.Ordinal);
            return f.What.Split(' ', ':')[1];
        }));
    }

    [Fact]
    public async Task A_host_that_writes_erases_and_makes_digests_meanwhile_is_accused_of_nothing()
    {
        var writing = Task.Run(async () =>
        {
            for (var day = 3; day < 28; day++)
            {
                var path = await _host.Register(b => b["debtor"]!["id"] = $"d{day}");
                await _host.Post($"{path}/payments", new { id = $"paid{day}", amount = 1200m });
                await NextDay($"2026-10-{day:D2}T18:00:00+02:00");
                Assert.Equal(200, (await _host.Post($"/api/debtors/d{day}/erase")).Status);
            }
        });
        do
        {
            var told = await Cli.Piped("verify", "--data", _host.Folder);
            Assert.True(told.Code == 0, told.ToString());
        }
        while (!writing.IsCompleted);
        await writing;
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_bit_that_turns_anywhere_in_a_log_is_found_out_and_nonsense_anywhere_stops_no_check()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        var path = Path.Combine(_host.Folder, SqliteStore.FileName);
        Tamper(Unlock, "DROP TRIGGER admin_log_is_never_changed");
        (string Table, string Column, string Where, bool IsCertain)[] places =
        [
            ("events", "body", "true", true), ("events", "hash", "true", true), ("events", "by", "true", true), ("personal", "body", "true", true), ("cases", "head", "true", true),
            ("documents", "json", "kind IN ('digest', 'digest-heads', 'admin-log')", false),
        ];
        for (var i = 0; i < 60; i++)
        {
            var (table, column, where, isCertain) = places[i % places.Length];
            using var connection = Connection.Open(path, SqliteOpenMode.ReadWrite);
            var count = int.Parse(connection.Ask($"SELECT count(*) FROM {table} WHERE {where}")!, CultureInfo.InvariantCulture);
            var no = connection.Ask($"SELECT no FROM {table} WHERE {where} ORDER BY no LIMIT 1 OFFSET {chance.Next(count)}");
            var was = Convert.FromHexString(connection.Ask($"SELECT hex({column}) FROM {table} WHERE no = {no}")!);
            var turned = was.ToArray();
            turned[chance.Next(turned.Length)] ^= (byte)(1 << chance.Next(8));
            var type = column is "json" or "by" ? "TEXT" : "BLOB";
            connection.Ask($"UPDATE {table} SET {column} = cast(x'{Convert.ToHexString(turned)}' AS {type}) WHERE no = {no}");
            var told = await Cli.Piped("verify", "--data", _host.Folder);
            Assert.True(told.Code == 1 || (!isCertain && told.Code == 0), $"seed {seed}, {table}.{column} of {no}: {Convert.ToHexString(turned)}\n{told}");
            Assert.NotNull(told.Json["findings"]);
            connection.Ask($"UPDATE {table} SET {column} = cast(x'{Convert.ToHexString(was)}' AS {type}) WHERE no = {no}");
        }
        Assert.Empty(await Found());
    }

    private async Task NextDay(string instant)
    {
        await _host.MoveTo(instant);
        Assert.NotNull(await _host.Services.GetRequiredService<Digests>().Make(default));
    }

    private async Task<List<(string? Case, string What)>> Found()
    {
        var told = await Cli.Piped("verify", "--data", _host.Folder);
        var found = told.Json["findings"]!.AsArray().Where(f => (string)f!["check"]! == "record").Select(f => ((string?)f!["case"], (string)f["what"]!)).ToList();
        Assert.Equal(found.Count == 0 ? 0 : 1, told.Code);
        return found;
    }

    private Connection Open() => Connection.Open(Path.Combine(_host.Folder, SqliteStore.FileName), SqliteOpenMode.ReadWrite);

    private void Tamper(params string[] statements)
    {
        using var connection = Open();
        if (statements[0] is not (Unlock or UnlockRemoval))
        {
            connection.Ask(Unlock);
            connection.Ask(UnlockRemoval);
        }
        foreach (var sql in statements)
            connection.Ask(sql);
    }

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
