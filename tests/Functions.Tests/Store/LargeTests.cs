using System.Text;
using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.Functions.Tests.Store;

/// <summary>Everything at the size the API allows, and beyond what a property, a row or a key holds.</summary>
public sealed class LargeTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private TestAccount _account = null!;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(29_999), InlineData(30_001), InlineData(119_999), InlineData(120_001), InlineData(900_000)]
    public async Task Texts_of_any_length_come_back_as_they_went(int length)
    {
        var long1 = Long(length);
        await _account.Store.Append([Register("a")], Never);
        var pay = Pay("a", "p1") with { Event = Payment("p1") with { Reference = long1 }, Answer = long1, Receipt = new("s", "k", "f", 202, long1, Now, "/x") };
        Assert.IsType<AppendOutcome.Appended>((await _account.Store.Append([pay], Never))[0]);
        var stored = (await _account.Store.Load("a", Never))!;
        Assert.Equal(pay.Event, Assert.Single(stored.Unread).Event);
        Assert.Equal(long1, (await _account.Store.FindFact("acme", "p1", Never))!.Answer);
        Assert.Equal(long1, (await _account.Store.FindReceipt("s", "k", Never))!.Body);

        // The state holds the reference too.
        var commit = Fold(stored) with { Sent = Message("a", body: long1) };
        Assert.True(await _account.Store.Commit(commit, Never));
        Assert.Equal(Json(commit.State), Json((await _account.Store.Load("a", Never))!.State));
        Assert.Equal(long1, (await _account.Store.FindMessage(Message("a").Key, Never))!.Body);
        Assert.True(await _account.Store.Commit(Fold((await _account.Store.Load("a", Never))!), Never));
        Assert.Equal(Json(commit.State), Json((await _account.Open().Load("a", Never))!.State));
        Assert.Null(await _account.Store.FirstBroken("a", Never));
    }

    [Fact]
    public async Task No_text_is_cut_within_a_character()
    {
        await _account.Store.Append([Register("a")], Never);
        for (var shift = 0; shift < 6; shift++)
            await _account.Store.Append([Pay("a", $"p{shift}") with { Answer = new string('x', shift) + Long(70_000) }], Never);
        await foreach (var row in Rows("DunningCases"))
            Assert.DoesNotContain(true, row.Select(p => p.Value is string { Length: > 0 } text && char.IsLowSurrogate(text[0])));
        Assert.EndsWith(Long(70_000), (await _account.Store.FindFact("acme", "p5", Never))!.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pdf_of_ten_megabytes_is_kept_and_replaced()
    {
        var pdf = $$"""{"pdf":"{{Convert.ToBase64String(new byte[10 * 1024 * 1024])}}"}""";
        Assert.True(await _account.Store.Put(new("document", "a", "acme", pdf, 0), null, Never));
        Assert.Equal(pdf, (await _account.Store.Get("document", "a", Never))!.Json);
        Assert.True(await _account.Store.Put(new("document", "a", "acme", pdf + " ", 1), null, Never));
        Assert.Equal(pdf + " ", (await _account.Open().Get("document", "a", Never))!.Json);
        Assert.Equal(["a"], (await _account.Store.List("document", "acme", null, 9, Never)).Select(d => d.Id));
    }

    [Fact]
    public async Task A_document_written_anew_while_it_is_read_is_read_again()
    {
        var first = new string('x', 200_000);
        await _account.Store.Put(new("document", "a", null, first, 0), null, Never);
        var other = _account.Open();
        _account.Blobs.Wire.Before = async call =>
        {
            _account.Blobs.Wire.Before = null;
            await other.Put(new("document", "a", null, first + "y", 1), null, Never);
        };
        Assert.Equal(first + "y", (await _account.Store.Get("document", "a", Never))!.Json);
    }

    [Fact]
    public async Task Ids_of_a_hundred_characters_of_any_script_are_kept_apart()
    {
        foreach (var strange in (string[])["/", "\\", "#", "?", "%", "\u0001", "'", "\"", "!", "*", "é", "發票", "😀"])
        {
            var (one, two) = (new string('票', 90) + strange, new string('票', 90) + strange + "2");
            var caseId = $"c{(int)strange[0]}";
            await _account.Store.Append([Register(caseId, creditor: one, number: one, debtor: one), Register(caseId + "2", creditor: two, number: two, debtor: two)], Never);
            Assert.IsType<AppendOutcome.Appended>((await _account.Store.Append([Pay(caseId, one, creditor: one)], Never))[0]);
            Assert.IsType<AppendOutcome.Appended>((await _account.Store.Append([Pay(caseId, two, creditor: one)], Never))[0]);
            Assert.IsType<AppendOutcome.Known>((await _account.Store.Append([Pay(caseId, two, creditor: one)], Never))[0]);
            foreach (var filter in (CaseFilter[])[new() { Creditors = [one] }, new() { Debtor = one }, new() { Number = one }])
                Assert.Equal([caseId], (await _account.Store.Cases(filter, Never)).Items.Select(c => c.Id));
            Assert.True(await _account.Store.Put(new("debtor", $"{one}/{one}", one, "{}", 0), null, Never));
            Assert.True(await _account.Store.Put(new("debtor", $"{one}/{two}", one, "{}", 0), null, Never));
            Assert.Equal(2, (await _account.Store.List("debtor", one, null, 9, Never)).Count);
            var first = (await _account.Store.List("debtor", one, null, 1, Never))[0];
            Assert.NotEqual(first.Id, Assert.Single(await _account.Store.List("debtor", one, first.Id, 9, Never)).Id);
            Assert.Null(await _account.Store.Load(one, Never));
        }
    }

    [Fact]
    public async Task No_key_says_who_a_debtor_is()
    {
        await _account.Store.Append([Register("a", debtor: "jean.dupont@example.org"), Pay("a", "jean.dupont@example.org")], Never);
        foreach (var table in (string[])["DunningCases", "DunningIndex", "DunningNames"])
            await foreach (var row in _account.Table(table).QueryAsync<TableEntity>(cancellationToken: Never))
                Assert.DoesNotContain("dupont", row.PartitionKey + row.RowKey, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task More_than_one_transaction_holds_is_refused_whole()
    {
        await _account.Store.Append([Register("a")], Never);
        var stored = (await _account.Store.Load("a", Never))!;
        LoggedEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(i => new LoggedEvent(2 + i, Now, "engine", new CaseEvent.WokeUp()))];
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _account.Store.Commit(Fold(stored) with { Events = Events(100) }, Never));
        Assert.Contains("101 rows", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _account.Store.Load("a", Never))!.LastSeq);
        Assert.True(await _account.Store.Commit(Fold(stored) with { Events = Events(99) }, Never));
    }

    [Fact]
    public async Task Two_thousand_cases_of_a_creditor_are_listed_in_order_over_all_buckets()
    {
        var registered = Enumerable.Range(0, 2000).Select(i => Register(
            $"c{i:d4}", creditor: i % 10 == 0 ? "small" : "large", amount: 1 + i * 7 % 501, due: new DateOnly(2026, 11, 1).AddDays(i * 11 % 90))).ToList();
        Assert.All(await _account.Store.Append(registered, Never), o => Assert.IsType<AppendOutcome.Appended>(o));
        foreach (var sort in (string[])["dueDate", "-balance"])
        {
            var ids = new List<string>();
            for (string? cursor = null; ;)
            {
                var page = await _account.Store.Cases(new() { Creditors = ["large"], Sort = sort, Limit = 250, Cursor = cursor }, Never);
                ids.AddRange(page.Items.Select(c => c.Id));
                if ((cursor = page.NextCursor) is null)
                    break;
            }
            var large = registered.Where(r => r.Creditor == "large").Select(r => (Id: r.CaseId, r.Created!.Index)).ToList();
            Assert.Equal(
                sort == "dueDate"
                    ? large.OrderBy(c => c.Index.DueDate).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Id)
                    : large.OrderByDescending(c => c.Index.Balance.Amount).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Id),
                ids);
        }
        Assert.Equal(16, (await Rows("DunningIndex").Select(r => r.PartitionKey).Where(p => !p.StartsWith("debtor!", StringComparison.Ordinal)).ToListAsync(Never)).Distinct().Count());

        // A page reads its share of each bucket and its own cases, nothing else.
        _account.Wire.Forget();
        await _account.Store.Cases(new() { Creditors = ["large"], Limit = 50 }, Never);
        Assert.InRange(_account.Wire.Calls.Count, 51, 16 + 64 + 16);
    }

    [Fact]
    public async Task Lists_are_whole_though_storage_answers_in_small_and_empty_pages()
    {
        (_account.Tables.LargestPage, _account.Tables.BeginsWithEmptyPage) = (2, true);
        await _account.Store.Append([.. Enumerable.Range(0, 60).Select(i => Register($"c{i:d2}")), Pay("c07", "p1"), Pay("c07", "p2"), Pay("c07", "p3")], Never);
        Assert.Equal(60, (await _account.Store.Cases(new() { Limit = 100 }, Never)).Items.Count);
        Assert.Equal(3, (await _account.Store.Load("c07", Never))!.Unread.Count);
        Assert.Equal(4, (await _account.Store.Log("c07", 0, 99, Never)).Count);
        Assert.Equal(["c07"], (await _account.Store.Due(Now, 9, Never)).Cases);
    }

    private Azure.AsyncPageable<TableEntity> Rows(string table) => _account.Table(table).QueryAsync<TableEntity>(cancellationToken: Never);

    // Of characters of one, two, three and four bytes, so that a cut falls within each.
    private static string Long(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append("aé票😀\"");
        return text.ToString(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }
}
