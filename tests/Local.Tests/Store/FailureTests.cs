using Dunning.Local.Store;
using Dunning.Service.Engine;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static Dunning.StoreContract.Samples;

namespace Dunning.Local.Tests.Store;

/// <summary>What happens when the disk lets us down: callers are told, nothing is half stored, and work goes on once it can.</summary>
public sealed class FailureTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_database_that_may_not_grow_refuses_and_works_again_once_it_may()
    {
        string? limit = "PRAGMA max_page_count = 60";
        using var temp = new TempStore(new() { AfterOpening = () => limit });
        var (stored, failure) = await FillUp(temp.Store);
        Assert.IsType<StoreUnavailable>(failure);
        Assert.True(stored > 0);
        await AllThere(temp.Store, stored);
        await Assert.ThrowsAsync<StoreUnavailable>(() => temp.Store.Append([Big("one-more")], Never));
        limit = null;
        await temp.Store.Append([Big("after")], Never);
        Assert.NotNull(await temp.Store.Load("after", Never));
        await AllThere(temp.Reopen(), stored);
    }

    [Fact]
    public async Task A_full_disk_refuses_and_works_again_once_there_is_space()
    {
        using var disk = SmallDisk.Mount();
        using (var store = SqliteStore.Open(disk.Folder))
        {
            var (stored, failure) = await FillUp(store);
            Assert.IsType<StoreUnavailable>(failure);
            Assert.True(stored > 0);
            Assert.Equal(raw.SQLITE_FULL, Assert.IsType<SqliteException>(failure!.InnerException).SqliteErrorCode);
            await AllThere(store, stored);
            disk.Grow();
            await store.Append([Big("after")], Never);
            await AllThere(store, stored);
            Assert.NotNull(await store.Load("after", Never));
        }
        using var reopened = SqliteStore.Open(disk.Folder);
        Assert.NotNull(await reopened.Load("after", Never));
    }

    [Fact]
    public async Task A_database_that_may_not_be_written_refuses_and_is_still_read()
    {
        string? frozen = null;
        using var temp = new TempStore(new() { AfterOpening = () => frozen });
        await temp.Store.Append([Register("a")], Never);
        frozen = "PRAGMA query_only = 1";
        temp.Reopen();
        var refused = await Assert.ThrowsAsync<StoreUnavailable>(() => temp.Store.Append([Pay("a", "p1")], Never));
        Assert.Equal(raw.SQLITE_READONLY, Assert.IsType<SqliteException>(refused.InnerException).SqliteErrorCode);
        Assert.Empty((await temp.Store.Load("a", Never))!.Unread);
        frozen = null;
        Assert.Equal([new AppendOutcome.Appended(2)], await temp.Store.Append([Pay("a", "p2")], Never));
    }

    [Theory]
    [InlineData(raw.SQLITE_IOERR), InlineData(raw.SQLITE_FULL), InlineData(raw.SQLITE_CORRUPT), InlineData(raw.SQLITE_CANTOPEN)]
    public async Task A_commit_that_fails_stores_nothing_and_the_next_one_works(int code)
    {
        var fails = false;
        using var temp = new TempStore(new() { BeforeCommit = () => { if (fails) throw new SqliteException("the disk", code); } });
        await temp.Store.Append([Register("a")], Never);
        fails = true;
        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
            await Record.ExceptionAsync(() => temp.Store.Append([Pay("a", $"p{i}")], Never))));
        Assert.All(refused, e => Assert.IsType<StoreUnavailable>(e));
        Assert.Empty((await temp.Store.Load("a", Never))!.Unread);
        fails = false;
        Assert.Equal([new AppendOutcome.Appended(2)], await temp.Store.Append([Pay("a", "p1")], Never));
        Assert.Single((await temp.Reopen().Load("a", Never))!.Unread);
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_again_is_tried_anew_for_each_caller()
    {
        var (fails, lost) = (false, false);
        using var temp = new TempStore(new()
        {
            BeforeCommit = () => { if (fails) throw new SqliteException("the disk", raw.SQLITE_IOERR); },
            AfterOpening = () => lost ? throw new InvalidOperationException("a setting did not hold") : null,
        });
        (fails, lost) = (true, true);
        await Assert.ThrowsAsync<StoreUnavailable>(() => temp.Store.Append([Register("a")], Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => temp.Store.Append([Register("a")], Never));
        (fails, lost) = (false, false);
        Assert.Equal([new AppendOutcome.Appended(1)], await temp.Store.Append([Register("a")], Never));
    }

    [Fact]
    public async Task What_queues_up_is_committed_together_and_an_operation_that_throws_fails_alone()
    {
        using var writing = new ManualResetEventSlim();
        using var queued = new ManualResetEventSlim();
        var commits = 0;
        using var temp = new TempStore(new() { BeforeCommit = () => { Interlocked.Increment(ref commits); writing.Set(); queued.Wait(Never); } });
        var first = temp.Store.Append([Register("a")], Never);
        writing.Wait(Never);
        var others = Enumerable.Range(0, 40).Select(i => temp.Store.Append([Register($"b{i}")], Never)).ToList();
        queued.Set();
        await Task.WhenAll([first, .. others]);
        Assert.Equal(2, commits);

        writing.Reset();
        queued.Reset();
        first = temp.Store.Append([Pay("a", "p1")], Never);
        writing.Wait(Never);
        others = [.. Enumerable.Range(0, 40).Select(i => temp.Store.Append([Pay($"b{i}", $"f{i}")], Never))];
        var wrong = temp.Store.Commit(Fold((await temp.Store.Load("b0", Never))!) with { Version = 2, Events = [new(9, Now, "x", Payment("9"))] }, Never);
        others.Add(temp.Store.Append([Pay("b0", "last")], Never));
        queued.Set();
        await Task.WhenAll([first, .. others]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => wrong);
        var stored = (await temp.Reopen().Load("b0", Never))!;
        Assert.Equal(["f0", "last"], stored.Unread.Select(u => u.Event.Id));
        Assert.Equal(3, stored.Version);
    }

    private static CaseAppend Big(string id) => Register(id, number: new string('9', 3000) + id);

    private static async Task<(int Stored, Exception? Failure)> FillUp(SqliteStore store)
    {
        for (var i = 0; i < 10_000; i++)
            if (await Record.ExceptionAsync(() => store.Append([Big($"c{i}")], Never)) is { } failure)
                return (i, failure);
        return (10_000, null);
    }

    private static async Task AllThere(SqliteStore store, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.NotNull(await store.Load($"c{i}", Never));
        Assert.Null(await store.Load($"c{count}", Never));
    }
}
