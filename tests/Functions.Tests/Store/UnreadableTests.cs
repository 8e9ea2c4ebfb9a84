using Azure;
using Azure.Data.Tables;
using Dunning.Service.Engine;
using static Dunning.StoreContract.QuietHouse;
using static Dunning.StoreContract.Samples;

namespace Dunning.Functions.Tests.Store;

/// <summary>Events that nobody can read: the case goes on, and a person is told.</summary>
public sealed class UnreadableTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private TestAccount _account = null!;

    public async ValueTask InitializeAsync()
    {
        _account = await TestAccount.Create();
        await _account.Store.Append([Register("a"), Pay("a", "p1"), Pay("a", "p2"), Pay("a", "p3")], Never);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("{\"type\":\"paymentReceived\",\"amo"), InlineData("{\"type\":\"somethingNew\"}"), InlineData(""), InlineData("[]"), InlineData("{}"), InlineData("null")]
    public async Task An_event_that_cannot_be_read_is_set_aside_and_the_others_are_folded(string body)
    {
        await Spoil(3, body);
        var stored = (await _account.Store.Load("a", Never))!;
        Assert.Equal(["p1", "", "p3"], stored.Unread.Select(u => u.Event.Id));
        var engine = Engine(_account.Store);
        await engine.Advance("a", Never);
        Assert.Empty((await _account.Store.Load("a", Never))!.Unread);
        Assert.Empty((await _account.Store.Due(Now, 9, Never)).Cases);
        await _account.Store.Append([Register("b"), Pay("b", "b1")], Never);
        await engine.Advance("b", Never);
        var aside = Assert.Single(await _account.Store.SetAside(null, Never));
        Assert.Equal([aside], await _account.Store.SetAside("a", Never));
        Assert.Empty(await _account.Store.SetAside("b", Never));
        Assert.Equal(("a", 3L), (aside.CaseId, aside.Seq));
        Assert.StartsWith("it cannot be read: ", aside.Reason, StringComparison.Ordinal);
        await _account.Store.Dismiss(aside, Never);
        Assert.Empty(await _account.Store.SetAside(null, Never));
        Assert.Equal([1, 2, 3, 4, 5], (await _account.Store.Log("a", 0, 9, Never)).Select(e => e.Logged.Seq));
    }

    [Fact]
    public async Task A_row_that_is_gone_does_not_hide_those_behind_it()
    {
        await _account.Table("DunningCases").DeleteEntityAsync("a", Row(3), ETag.All, Never);
        await Engine(_account.Store).Advance("a", Never);
        Assert.Equal(1000m, (await _account.Store.Load("a", Never))!.State.Known!.Balance.Amount);
        Assert.Contains("missing", Assert.Single(await _account.Store.SetAside("a", Never)).Reason, StringComparison.Ordinal);
        Assert.Equal(3, await _account.Store.FirstBroken("a", Never));
    }

    [Fact]
    public async Task A_creditor_called_aside_has_nothing_set_aside()
    {
        await _account.Store.Append([Register("b", creditor: "aside")], Never);
        Assert.Empty(await _account.Store.SetAside(null, Never));
    }

    [Theory]
    [InlineData(2, "By", "someone", 2), InlineData(3, "Body", "{}", 3), InlineData(4, "WriteId", "x", null)]
    public async Task A_log_that_was_tampered_with_is_found_out(long seq, string property, string value, int? where)
    {
        await Change(seq, row => row[property] = value);
        Assert.Equal(where, await _account.Store.FirstBroken("a", Never));
    }

    [Fact]
    public async Task A_log_of_which_a_row_was_taken_away_is_found_out()
    {
        await _account.Table("DunningCases").DeleteEntityAsync("a", Row(4), ETag.All, Never);
        Assert.Equal(4, await _account.Store.FirstBroken("a", Never));
    }

    private Task Spoil(long seq, string body) => Change(seq, row => row["Body"] = body);

    private async Task Change(long seq, Action<TableEntity> change)
    {
        var table = _account.Table("DunningCases");
        var row = (await table.GetEntityAsync<TableEntity>("a", Row(seq), cancellationToken: Never)).Value;
        change(row);
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Never);
    }

    private static string Row(long seq) => $"e!{seq:d10}";
}
