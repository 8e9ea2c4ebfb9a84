using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using static Dunning.Local.Tests.Store.Samples;

namespace Dunning.Local.Tests.Store;

public sealed class AuditTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly TempStore _temp = new();

    public async ValueTask InitializeAsync()
    {
        await _temp.Store.Append([Register("a"), Pay("a", "p1"), Register("b"), Pay("a", "p2")], Never);
        var stored = (await _temp.Store.Load("a", Never))!;
        await _temp.Store.Commit(Fold(stored) with { Events = [new(4, Now, "engine", new CaseEvent.WokeUp())] }, Never);
        await _temp.Store.Append([Pay("a", "p3")], Never);
    }

    public ValueTask DisposeAsync()
    {
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Each_hash_follows_from_the_one_before_it()
    {
        var log = await _temp.Store.Log("a", 0, 100, Never);
        Assert.Equal([1, 2, 3, 4, 5], log.Select(e => e.Logged.Seq));
        byte[] head = [];
        foreach (var (logged, hash) in log)
        {
            head = AuditChain.Next(head, logged.Seq, logged.At, logged.By, DomainJson.Write(logged.Event));
            Assert.Equal(Convert.ToHexStringLower(head), hash);
        }
        Assert.Null(await _temp.Store.FirstBroken("a", Never));
    }

    [Fact]
    public async Task The_log_is_read_from_a_place_on()
    {
        Assert.Equal([3, 4], (await _temp.Store.Log("a", 2, 2, Never)).Select(e => e.Logged.Seq));
        Assert.Empty(await _temp.Store.Log("a", 5, 9, Never));
        Assert.Empty(await _temp.Store.Log("a", long.MaxValue, 9, Never));
        Assert.Equal([1], (await _temp.Store.Log("a", -7, 1, Never)).Select(e => e.Logged.Seq));
        Assert.Empty(await _temp.Store.Log("nobody", 0, 9, Never));
    }

    [Theory]
    [InlineData("UPDATE events SET body = cast(replace(body, '100.00', '900.00') AS BLOB) WHERE seq = 2 AND case_no = 1", 2)]
    [InlineData("UPDATE events SET at = at + 1 WHERE seq = 3 AND case_no = 1", 3)]
    [InlineData("UPDATE events SET by = 'someone' WHERE seq = 3 AND case_no = 1", 3)]
    [InlineData("DELETE FROM events WHERE seq = 3 AND case_no = 1", 3)]
    [InlineData("DELETE FROM events WHERE seq = 5 AND case_no = 1", 5)]
    [InlineData("DELETE FROM events", 1)]
    [InlineData("UPDATE events SET hash = zeroblob(32) WHERE seq = 5 AND case_no = 1", 5)]
    [InlineData("INSERT INTO events(no, at, by, body, hash) SELECT no + 4, at, by, body, hash FROM events WHERE seq = 2 AND case_no = 1", 6)]
    public async Task A_log_that_was_tampered_with_is_found_out(string tampering, int where)
    {
        _temp.Store.Dispose();
        _temp.Tamper("DROP TRIGGER events_are_never_changed", "DROP TRIGGER events_are_never_taken_away", tampering);
        Assert.Equal(where, await _temp.Reopen().FirstBroken("a", Never));
    }

    [Theory]
    [InlineData("UPDATE events SET by = 'someone'")]
    [InlineData("DELETE FROM events")]
    public void The_database_itself_refuses_to_change_the_log(string tampering)
    {
        _temp.Store.Dispose();
        Assert.Contains("append-only", Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _temp.Tamper(tampering)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_a_case_come_the_oldest_first()
    {
        Assert.Empty(await _temp.Store.Messages("a", Never));
        foreach (var message in (OutgoingMessage[])[Message("a", "second", at: Now.AddDays(2)), Message("a", "first", at: Now.AddDays(1))])
            await _temp.Store.Commit(Fold((await _temp.Store.Load("a", Never))!) with { Sent = message }, Never);
        Assert.Equal(["first", "second"], (await _temp.Store.Messages("a", Never)).Select(m => m.Key.Step));
    }
}
