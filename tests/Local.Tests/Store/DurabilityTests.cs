using System.Globalization;
using Dunning.Domain;
using Dunning.Local.Store;
using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.Local.Tests.Store;

public sealed class DurabilityTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly TempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task What_was_stored_is_there_after_a_restart()
    {
        await _temp.Store.Append([Register("a"), Pay("a", "p1")], Never);
        var before = (await _temp.Store.Load("a", Never))!;
        var after = (await _temp.Reopen().Load("a", Never))!;
        Assert.Equal((before.Version, before.LastSeq, Json(before.State)), (after.Version, after.LastSeq, Json(after.State)));
        Assert.Equal(before.Unread, after.Unread);
        Assert.Equal(["a"], (await _temp.Store.Due(Now, 9, Never)).Cases);
    }

    [Fact]
    public async Task An_acknowledged_event_is_in_the_files_though_the_store_was_never_closed()
    {
        await _temp.Store.Append([Register("a"), Pay("a", "p1")], Never);
        // What a killed process leaves: the files as they are, copied while nothing is being written.
        var copy = Directory.CreateTempSubdirectory("dunning-");
        foreach (var file in Directory.GetFiles(_temp.Folder, "dunning.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        using (var restarted = SqliteStore.Open(copy.FullName))
            Assert.Single((await restarted.Load("a", Never))!.Unread);
        copy.Delete(recursive: true);
    }

    [Fact]
    public void A_closed_store_leaves_no_log_behind()
    {
        _temp.Store.Dispose();
        Assert.Equal(["dunning.db", "dunning.lock", "dunning.owner"], Directory.GetFiles(_temp.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Of_64_callers_at_once_each_finds_what_was_acknowledged_to_it()
    {
        await _temp.Store.Append([Register("shared")], Never);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var acknowledged = new List<string>();
            for (var i = 0; i < 20; i++)
            {
                var fact = string.Create(CultureInfo.InvariantCulture, $"{caller}-{i}");
                var outcome = await _temp.Store.Append([Pay("shared", fact), Register(fact)], Never);
                Assert.All(outcome, o => Assert.IsType<AppendOutcome.Appended>(o));
                acknowledged.Add(fact);
            }
            return acknowledged;
        })));
        var reopened = _temp.Reopen();
        var shared = (await reopened.Load("shared", Never))!;
        Assert.Equal(Enumerable.Range(2, 64 * 20).Select(n => (long)n), shared.Unread.Select(u => u.Seq));
        Assert.Equal(outcomes.SelectMany(o => o).Order(StringComparer.Ordinal), shared.Unread.Select(u => u.Event.Id).Order(StringComparer.Ordinal));
        foreach (var id in outcomes.SelectMany(o => o))
            Assert.NotNull(await reopened.Load(id, Never));
        Assert.Null(await reopened.FirstBroken("shared", Never));
    }

    [Fact]
    public async Task A_store_that_was_closed_takes_nothing_more()
    {
        _temp.Store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _temp.Store.Append([Register("a")], Never));
    }

    [Fact]
    public async Task A_caller_that_lost_patience_before_its_turn_stores_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _temp.Store.Append([Register("a")], new CancellationToken(canceled: true)));
        Assert.Null(await _temp.Store.Load("a", Never));
    }

    [Fact]
    public void A_second_start_is_refused_and_told_who_runs()
    {
        var refused = Assert.Throws<AlreadyRunning>(() => SqliteStore.Open(_temp.Folder));
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        _temp.Reopen();
    }

    [Fact]
    public void The_promises_to_the_disk_are_kept_by_the_connection_itself()
    {
        using var connection = new Settings().OpenWriter(Path.Combine(Directory.CreateDirectory(Path.Combine(_temp.Folder, "other")).FullName, "x.db"));
        foreach (var (pragma, value) in (ReadOnlySpan<(string, string)>)[
            ("journal_mode", "wal"), ("synchronous", "2"), ("busy_timeout", "5000"), ("foreign_keys", "1"), ("mmap_size", "0"), ("wal_autocheckpoint", "8000")])
            Assert.Equal(value, connection.Ask($"PRAGMA {pragma}"));
        Assert.Matches(@"^3\.\d+\.\d+$", _temp.Store.SqliteVersion);
    }

    [Fact]
    public void A_setting_that_does_not_hold_stops_the_start()
    {
        // A database in memory has no write-ahead log, and SQLite only says so when asked.
        Assert.Throws<InvalidOperationException>(() => new Settings().OpenWriter(":memory:"));
    }

    [Fact]
    public void A_database_of_another_schema_version_is_refused_by_name()
    {
        _temp.Store.Dispose();
        _temp.Tamper("UPDATE meta SET value = '99'");
        Assert.Contains("99", Assert.Throws<WrongSchema>(() => SqliteStore.Open(_temp.Folder)).Message, StringComparison.Ordinal);
        Assert.Throws<WrongSchema>(() => SqliteStore.Open(_temp.Folder));
    }

    [Fact]
    public void A_database_that_is_not_ours_is_refused_and_left_alone()
    {
        _temp.Store.Dispose();
        File.Delete(_temp.Database);
        using (var connection = Connection.Open(_temp.Database, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWriteCreate))
            connection.Ask("CREATE TABLE theirs(x)");
        Assert.Throws<WrongSchema>(() => SqliteStore.Open(_temp.Folder));
        Assert.Equal("delete", _temp.Ask("PRAGMA journal_mode"));
    }

    [Fact]
    public void A_file_that_is_no_database_makes_the_store_unavailable()
    {
        _temp.Store.Dispose();
        File.WriteAllText(_temp.Database, new string('x', 5000));
        Assert.Throws<StoreUnavailable>(() => SqliteStore.Open(_temp.Folder));
    }

    [Fact]
    public void What_is_stored_as_a_number_keeps_its_number()
    {
        Assert.Equal(
            "Scheduled Reminding FormalNotice HandedOver Promised OnPlan Disputed Held Insolvent WrittenOff Cancelled Paid",
            string.Join(' ', Enumerable.Range(0, 12).Select(n => (CaseStatus)n)));
        Assert.Equal(
            "Call HandOver MissingAddress InvoiceNotSent Approval UncertainMessage RefusedMessage BouncedMessage UndeliverableMessage UnpostedLetter "
            + "HoldReview DisputeReview Reply PlanProposal PlanBroken PossibleDuplicate DeclareClaim WhatNow "
            + "InsurerDeclaration ProcedureTerm AccessoriesOwed EventSetAside Limitation",
            string.Join(' ', Enumerable.Range(0, 23).Select(n => (TaskKind)n)));
    }
}
