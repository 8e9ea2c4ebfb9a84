using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.StandIns;
using static Dunning.StoreContract.Samples;

namespace Dunning.Functions.Tests.Store;

/// <summary>Requests that were carried out and answered with an error, and requests that were not.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Receipt Answered = new("key-1", "abc", "f00d", 202, "{}", Now);
    private TestAccount _account = null!;

    public enum Answer
    {
        /// <summary>An error that the client's own retries turn into 409 or 412.</summary>
        Retried,

        /// <summary>No answer in time, and no retry.</summary>
        TimedOut,
    }

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(Answer.Retried), InlineData(Answer.TimedOut)]
    public async Task A_registration_that_was_stored_is_no_duplicate_of_itself(Answer answer)
    {
        LoseEveryAnswer(answer);
        Assert.Equal(new AppendOutcome.Appended(1), await Append(Register("a", fact: "r1") with { Receipt = Answered }));
        _account.Wire.After = null;
        Assert.Equal(["a"], (await _account.Store.Cases(new(), Never)).Items.Select(c => c.Id));
        Assert.NotNull(await _account.Store.FindReceipt("key-1", "abc", Never));
    }

    [Theory]
    [InlineData(Answer.Retried), InlineData(Answer.TimedOut)]
    public async Task An_event_that_was_stored_is_stored_once(Answer answer)
    {
        await Append(Register("a"));
        LoseEveryAnswer(answer);
        Assert.Equal(new AppendOutcome.Appended(2), await Append(Pay("a", "p1") with { IfVersion = 1, Receipt = Answered }));
        Assert.Equal(new AppendOutcome.Appended(3), await Append(Pay("a", "")));
        _account.Wire.After = null;
        Assert.Equal(["p1", ""], (await _account.Store.Load("a", Never))!.Unread.Select(u => u.Event.Id));
    }

    [Theory]
    [InlineData(Answer.Retried), InlineData(Answer.TimedOut)]
    public async Task A_claim_that_was_stored_is_a_claim(Answer answer)
    {
        await Append(Register("a"));
        var stored = (await _account.Store.Load("a", Never))!;
        LoseEveryAnswer(answer);
        var claim = Fold(stored) with { Sent = Message("a"), Events = [new(2, Now, "engine", new CaseEvent.MessageClaimed(Message("a").Key))] };
        Assert.True(await _account.Store.Commit(claim, Never));
        Assert.True(await _account.Store.Commit(Fold((await _account.Store.Load("a", Never))!), Never));
        _account.Wire.After = null;
        Assert.Equal(3, (await _account.Store.Load("a", Never))!.Version);
        Assert.Single((await _account.Store.Cases(new(), Never)).Items);
    }

    [Fact]
    public async Task An_event_that_was_stored_counts_though_others_came_after_it()
    {
        await Append(Register("a"));
        var other = _account.Open();
        _account.Wire.After = async call =>
        {
            if (!IsTransaction(call))
                return;
            _account.Wire.After = null;
            await other.Append([Pay("a", "p2")], Never);
            throw Wire.Failure(503, "ServerBusy");
        };
        Assert.Equal(new AppendOutcome.Appended(2), await Append(Pay("a", "")));
        Assert.Equal(["", "p2"], (await _account.Store.Load("a", Never))!.Unread.Select(u => u.Event.Id));
    }

    [Theory]
    [InlineData(Answer.Retried), InlineData(Answer.TimedOut)]
    public async Task A_document_and_a_receipt_that_were_stored_are_stored(Answer answer)
    {
        LoseEveryAnswer(answer);
        Assert.True(await _account.Store.Put(new("creditor", "acme", null, "{}", 0), Answered, Never));
        Assert.True(await _account.Store.Put(new("creditor", "acme", null, "{ }", 1), null, Never));
        _account.Wire.After = null;
        Assert.Equal(2, (await _account.Store.Get("creditor", "acme", Never))!.Version);

        _account.Wire.After = call => answer is Answer.Retried && call is { Operation: "AddEntity" } ? throw Wire.Failure(500, "OperationTimedOut") : Task.CompletedTask;
        Assert.True(await _account.Store.Keep(Answered with { Key = "kept" }, Never));
        _account.Wire.After = null;
        Assert.NotNull(await _account.Store.FindReceipt("key-1", "kept", Never));
    }

    [Theory]
    [InlineData(500, "OperationTimedOut"), InlineData(503, "ServerBusy"), InlineData(403, "AuthorizationFailure")]
    public async Task Storage_that_does_not_answer_stores_nothing_says_so_and_works_again(int status, string code)
    {
        await Append(Register("a"));
        var stored = (await _account.Store.Load("a", Never))!;
        _account.Wire.Before = call => throw Wire.Failure(status, code);
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Append([Pay("a", "p1")], Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Append([Register("b")], Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Commit(Fold(stored), Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Load("a", Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Cases(new(), Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Due(Now, 1, Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Put(new("creditor", "acme", null, "{}", 0), Answered, Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.FindReceipt("key-1", "abc", Never));
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Open().Prepare(Never));
        _account.Wire.Before = null;
        Assert.Equal((1L, 0), ((await _account.Store.Load("a", Never))!.Version, (await _account.Store.Load("a", Never))!.Unread.Count));
        Assert.Null(await _account.Store.Load("b", Never));
        Assert.Equal(new AppendOutcome.Appended(2), await Append(Pay("a", "p1")));
    }

    [Fact]
    public async Task Of_many_appends_only_those_that_found_no_storage_are_in_doubt_and_what_comes_after_one_of_them_waits()
    {
        await Append(Register("b"));
        _account.Wire.Before = call => IsTransaction(call) && call.Key.StartsWith('b') ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        var outcomes = await _account.Store.Append([Register("a"), Pay("b", "p1"), Pay("a", "p2"), Pay("a", "p1"), Register("c")], Never);
        _account.Wire.Before = null;
        Assert.Equal([new AppendOutcome.Appended(1), new AppendOutcome.Appended(2), new AppendOutcome.Appended(1)], [outcomes[0], outcomes[2], outcomes[4]]);
        Assert.All((AppendOutcome[])[outcomes[1], outcomes[3]], o => Assert.Contains("busy", Assert.IsType<AppendOutcome.Unavailable>(o).Failure.Message, StringComparison.Ordinal));
        Assert.Equal(["p2"], (await _account.Store.Load("a", Never))!.Unread.Select(u => u.Event.Id));
        Assert.Empty((await _account.Store.Load("b", Never))!.Unread);
    }

    [Fact]
    public async Task Of_many_appends_of_which_none_found_storage_nothing_is_told()
    {
        _account.Wire.Before = call => throw Wire.Failure(503, "ServerBusy");
        await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Append([Register("a"), Register("b")], Never));
    }

    [Fact]
    public async Task An_account_that_was_not_prepared_says_so()
    {
        _account.Tables.Clear();
        Assert.Contains("prepared", (await Assert.ThrowsAsync<StoreUnavailable>(() => _account.Store.Load("a", Never))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gives_up_is_not_told_that_storage_is_down()
    {
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _account.Store.Load("a", impatient.Token));
    }

    [Fact]
    public async Task Index_rows_that_cannot_be_taken_away_do_not_undo_a_commit()
    {
        await Append(Register("a"));
        var stored = (await _account.Store.Load("a", Never))!;
        var committed = false;
        _account.Wire.After = call =>
        {
            committed |= IsTransaction(call);
            return Task.CompletedTask;
        };
        _account.Wire.Before = call => committed && call.Resource == "DunningIndex" ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        var commit = Fold(stored);
        Assert.True(await _account.Store.Commit(commit with { Index = commit.Index with { Status = CaseStatus.Held } }, Never));
        (_account.Wire.Before, _account.Wire.After) = (null, null);
        Assert.Empty((await _account.Store.Cases(new() { Status = CaseStatus.Scheduled }, Never)).Items);
        Assert.Single((await _account.Store.Cases(new() { Status = CaseStatus.Held }, Never)).Items);
    }

    private async Task<AppendOutcome> Append(CaseAppend append) => (await _account.Store.Append([append], Never))[0];

    private void LoseEveryAnswer(Answer answer)
    {
        var lost = new HashSet<string>();
        _account.Wire.After = call =>
        {
            if (call.Operation is not ("SubmitTransaction" or "AddEntity") || (answer is Answer.TimedOut && !IsTransaction(call)))
                return Task.CompletedTask;
            if (answer is Answer.TimedOut)
                throw new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout.");
            // An index row may be written again and again: only the first answer is lost, or it would look like storage that is down.
            return IsTransaction(call) || lost.Add(call.Resource + call.Key) ? throw Wire.Failure(500, "OperationTimedOut") : Task.CompletedTask;
        };
    }

    private static bool IsTransaction(ServiceCall call) => call is { Operation: "SubmitTransaction", Resource: "DunningCases" or "DunningDocuments" };
}
