using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Dunning.StandIns.Tests.Tables;

public sealed class TableTests : IAsyncLifetime
{
    private static int _accounts;
    private readonly Uri _endpoint = new($"https://tables{Interlocked.Increment(ref _accounts)}.table.core.windows.net");
    private readonly TableClient _table;
    private readonly TableAccount _account;

    public TableTests()
    {
        _account = TableAccount.At(_endpoint);
        _table = new TableServiceClient(_endpoint, new TableSharedKeyCredential("a", "k")).GetTableClient("cases");
    }

    public async ValueTask InitializeAsync() => await _table.CreateIfNotExistsAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_row_is_added_once()
    {
        await _table.AddEntityAsync(Row("p", "r"));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(Row("p", "r")));
        Assert.Equal((409, "EntityAlreadyExists"), (failure.Status, failure.ErrorCode!));
        Assert.True(failure.ErrorCode == TableErrorCode.EntityAlreadyExists);
    }

    [Fact]
    public async Task An_update_needs_the_etag_of_the_last_write()
    {
        var first = (await _table.AddEntityAsync(Row("p", "r"))).Headers.ETag!.Value;
        var second = (await _table.UpdateEntityAsync(Row("p", "r"), first, TableUpdateMode.Replace)).Headers.ETag!.Value;
        Assert.NotEqual(first, second);
        var late = await Assert.ThrowsAsync<RequestFailedException>(() => _table.UpdateEntityAsync(Row("p", "r"), first));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (late.Status, late.ErrorCode!));
        var unknown = await Assert.ThrowsAsync<RequestFailedException>(() => _table.UpdateEntityAsync(Row("p", "x"), ETag.All));
        Assert.Equal((404, "ResourceNotFound"), (unknown.Status, unknown.ErrorCode!));
    }

    [Fact]
    public async Task Merging_keeps_what_is_not_sent_and_replacing_does_not()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 3 });
        var merged = (await _table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((3, 2), (merged.GetInt32("A"), merged.GetInt32("B")));
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 4 }, TableUpdateMode.Replace);
        Assert.Null((await _table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("B"));
    }

    [Fact]
    public async Task A_decimal_of_a_typed_row_is_read_back_as_zero()
    {
        await _table.AddEntityAsync(new Typed { PartitionKey = "p", RowKey = "r", Lost = 12.34m, Minor = 1234, At = Now, Kind = Kind.Second });
        var read = (await _table.GetEntityAsync<Typed>("p", "r")).Value;
        Assert.Equal((0m, 1234L, Now, Kind.Second), (read.Lost, read.Minor, read.At, read.Kind));
        Assert.Null(read.Nothing);
        Assert.NotEqual(default, read.ETag);
        Assert.NotNull(read.Timestamp);
    }

    [Fact]
    public async Task A_date_only_cannot_be_written() => await Assert.ThrowsAsync<NotSupportedException>(
        () => _table.AddEntityAsync(new TableEntity("p", "r") { ["Due"] = new DateOnly(2026, 10, 31) }));

    [Theory]
    [InlineData("a/b", "OutOfRangeInput")]
    [InlineData("a#b", "OutOfRangeInput")]
    [InlineData("a\u0085b", "OutOfRangeInput")]
    [InlineData(null, "PropertiesNeedValue")]
    public async Task A_key_has_no_forbidden_character(string? key, string code)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(Row("p", key!)));
        Assert.Equal((400, code), (failure.Status, failure.ErrorCode!));
    }

    [Fact]
    public async Task Keys_values_and_rows_have_a_size()
    {
        await _table.AddEntityAsync(Row("p", new string('k', 512)));
        await Refused("KeyValueTooLarge", Row("p", new string('k', 513)));
        await _table.AddEntityAsync(new TableEntity("p", "v") { ["V"] = new string('v', 32 * 1024) });
        await Refused("PropertyValueTooLarge", new TableEntity("p", "w") { ["V"] = new string('v', (32 * 1024) + 1) });
        await Refused("TooManyProperties", Wide("x", 253, "1"));
        await _table.AddEntityAsync(Wide("y", 252, "1"));
        await Refused("EntityTooLarge", Wide("z", 17, new string('v', 32 * 1024)));
        await Refused("OutOfRangeInput", new TableEntity("p", "d") { ["D"] = default(DateTimeOffset) });
        await Refused("PropertyNameInvalid", new TableEntity("p", "n") { ["not a name"] = 1 });
    }

    [Fact]
    public async Task A_transaction_is_all_or_nothing_and_names_the_action_that_failed()
    {
        await _table.AddEntityAsync(Row("p", "b"));
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync([Add("p", "a"), Add("p", "b")]));
        Assert.Equal((409, "EntityAlreadyExists", 1), (failure.Status, failure.ErrorCode!, failure.FailedTransactionActionIndex));
        Assert.Equal(1, _account.Count("cases"));
    }

    [Fact]
    public async Task A_transaction_has_one_partition_one_action_a_row_and_a_hundred_actions()
    {
        await RefusedTogether("CommandsInBatchActOnDifferentPartitions", [Add("p", "a"), Add("q", "a")]);
        await RefusedTogether("InvalidDuplicateRow", [Add("p", "a"), new(TableTransactionActionType.UpsertReplace, Row("p", "a"))]);
        await RefusedTogether("InvalidInput", [.. Enumerable.Range(0, 101).Select(i => Add("p", $"{i}"))]);
        var done = await _table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(i => Add("p", $"{i}")));
        Assert.All(done.Value, each => Assert.NotNull(each.Headers.ETag));
        var heavy = Enumerable.Range(0, 5).Select(i => new TableTransactionAction(TableTransactionActionType.Add, Wide($"h{i}", 15, new string('v', 32 * 1024))));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.SubmitTransactionAsync(heavy));
        Assert.Equal(413, failure.Status);
    }

    [Fact]
    public async Task A_transaction_holds_to_the_etag_of_each_row()
    {
        var etag = (await _table.AddEntityAsync(Row("p", "case"))).Headers.ETag!.Value;
        await _table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, Row("p", "case"), etag), Add("p", "message")]);
        var late = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => _table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, Row("p", "case"), etag), Add("p", "other")]));
        Assert.Equal((412, 0), (late.Status, late.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_an_answer_alone_and_a_failure_in_a_transaction()
    {
        Assert.Equal(404, (await _table.DeleteEntityAsync("p", "r")).Status);
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => _table.SubmitTransactionAsync([new(TableTransactionActionType.Delete, Row("p", "r"))]));
        Assert.Equal(404, failure.Status);
    }

    [Fact]
    public async Task A_row_that_may_be_missing_is_asked_for_without_an_exception()
    {
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal(404, failure.Status);
        await _table.AddEntityAsync(Row("p", "r"));
        Assert.True((await _table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_their_keys_page_by_page()
    {
        foreach (var key in (string[])["q/2", "p/10", "p/2", "p/1"])
            await _table.AddEntityAsync(Row(key.Split('/')[0], key.Split('/')[1]));
        (_account.LargestPage, _account.BeginsWithEmptyPage) = (2, true);
        var pages = new List<string>();
        await foreach (var page in _table.QueryAsync<TableEntity>().AsPages())
            pages.Add(string.Join(' ', page.Values.Select(e => $"{e.PartitionKey}{e.RowKey}")));
        Assert.Equal(["", "p1 p10", "p2 q2"], pages);
        var first = await FirstPage("PartitionKey eq 'p'", 1);
        var rest = new List<string>();
        await foreach (var page in _table.QueryAsync<TableEntity>("PartitionKey eq 'p'", 1).AsPages(first.ContinuationToken))
            rest.AddRange(page.Values.Select(e => e.RowKey));
        Assert.Equal(["1", "10", "2"], rest);
    }

    [Theory]
    [InlineData("PartitionKey eq 'p' and RowKey eq 'b'", "b")]
    [InlineData("PartitionKey eq 'p' and RowKey ge 'b' and RowKey lt 'd'", "b c")]
    [InlineData("Number gt 1 or (Text eq 'it''s' and not Flag)", "b c d")]
    [InlineData("Number gt 1 or (Text eq 'it''s' and Flag eq true)", "a b c d")]
    [InlineData("Big le 2L", "a b")]
    [InlineData("At gt datetime'2026-10-01T00:00:00Z'", "c d")]
    [InlineData("Missing ne 'x'", "")]
    [InlineData("Number eq '2'", "")]
    [InlineData("Half eq 1.5", "c")]
    public async Task A_filter_is_understood(string filter, string expected)
    {
        foreach (var (i, key) in "abcd".Index())
            await _table.AddEntityAsync(new TableEntity("p", $"{key}")
            {
                ["Number"] = i + 1,
                ["Big"] = (long)i + 1,
                ["Text"] = i == 0 ? "it's" : "x",
                ["Flag"] = i == 0,
                ["At"] = Now.AddDays(i - 1),
                ["Half"] = i == 2 ? 1.5 : 0.0,
            });
        Assert.Equal(expected, await Keys(filter));
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_is_refused()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Keys("PartitionKey is 'p'"));
        Assert.Equal((400, "InvalidInput"), (failure.Status, failure.ErrorCode!));
    }

    [Fact]
    public void A_filter_is_written_with_its_values_quoted()
    {
        Assert.Equal(
            "P eq 'it''s' and N ge 5L and T lt datetime'2026-10-01T00:00:00Z' and F eq true",
            TableClient.CreateQueryFilter($"P eq {"it's"} and N ge {5L} and T lt {Now} and F eq {true}"));
        var least = "m";
        Assert.Equal(
            "(PartitionKey eq 'p') and (Minor gt 5L)", TableClient.CreateQueryFilter<Typed>(t => t.PartitionKey == "p" && t.Minor > 5L));
        Assert.Equal("RowKey ge 'm'", TableClient.CreateQueryFilter<Typed>(t => string.CompareOrdinal(t.RowKey, least) >= 0));
    }

    [Fact]
    public async Task Only_the_properties_selected_are_read()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });
        var read = (await _table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "B"])).Value;
        Assert.Equal((null, "r", null, 2), (read.PartitionKey, read.RowKey, read.GetInt32("A"), read.GetInt32("B")));
    }

    [Fact]
    public async Task A_table_that_does_not_exist_says_so()
    {
        var other = new TableClient(_endpoint, "others", new TableSharedKeyCredential("a", "k"));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => other.AddEntityAsync(Row("p", "r")));
        Assert.Equal((404, "TableNotFound"), (failure.Status, failure.ErrorCode!));
    }

    [Fact]
    public async Task Every_request_is_counted_and_may_be_broken_before_or_after_its_effect()
    {
        _account.Wire.Forget();
        _account.Wire.After = _ => throw new ProcessStopped();
        await Assert.ThrowsAsync<ProcessStopped>(() => _table.AddEntityAsync(Row("p", "a")));
        (_account.Wire.After, _account.Wire.Before) = (null, _ => throw new ProcessStopped());
        await Assert.ThrowsAsync<ProcessStopped>(() => _table.AddEntityAsync(Row("p", "b")));
        Assert.Equal(1, _account.Count("cases"));
        Assert.Equal(["AddEntity p/a", "AddEntity p/b"], _account.Wire.Calls.Select(c => $"{c.Operation} {c.Key}"));
    }

    [Fact]
    public async Task The_retry_of_a_write_whose_answer_was_lost_finds_it_written()
    {
        var lost = 1;
        _account.Wire.After = _ => lost-- > 0 ? throw StandIns.Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(Row("p", "a")));
        Assert.Equal(409, failure.Status);
        Assert.Equal(2, _account.Wire.Calls.Count(c => c.Operation == "AddEntity"));
    }

    private static readonly DateTimeOffset Now = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private static TableEntity Row(string partition, string row) => new(partition, row);

    private static TableTransactionAction Add(string partition, string row) => new(TableTransactionActionType.Add, Row(partition, row));

    private static TableEntity Wide(string row, int properties, object value)
    {
        var entity = Row("p", row);
        foreach (var i in Enumerable.Range(0, properties))
            entity[string.Create(CultureInfo.InvariantCulture, $"P{i}")] = value;
        return entity;
    }

    private async Task Refused(string code, TableEntity entity)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(entity));
        Assert.Equal((400, code), (failure.Status, failure.ErrorCode!));
    }

    private async Task RefusedTogether(string code, TableTransactionAction[] actions)
    {
        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(actions));
        Assert.Equal((400, code), (failure.Status, failure.ErrorCode!));
    }

    private async Task<string> Keys(string filter)
    {
        var keys = new List<string>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter))
            keys.Add(entity.RowKey);
        return string.Join(' ', keys);
    }

    private async Task<Page<TableEntity>> FirstPage(string filter, int size)
    {
        await foreach (var page in _table.QueryAsync<TableEntity>(filter, size).AsPages())
            return page;
        throw new InvalidOperationException("There is no page.");
    }

    private enum Kind
    {
        First,
        Second,
    }

    private sealed class Typed : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public decimal Lost { get; set; }

        public long Minor { get; set; }

        public DateTimeOffset At { get; set; }

        public Kind Kind { get; set; }

        public string? Nothing { get; set; }
    }

    private sealed class ProcessStopped : Exception;
}
