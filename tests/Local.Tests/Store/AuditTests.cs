using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

public sealed class AuditTests : LogContract, IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override ICaseLists Lists => _temp.Store;

    public async ValueTask InitializeAsync() => await Begin();

    public ValueTask DisposeAsync()
    {
        _temp.Dispose();
        return ValueTask.CompletedTask;
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

    protected override Task<long?> FirstBroken(string caseId) => _temp.Store.FirstBroken(caseId, Never);
}
