using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>Documents and receipts, whatever keeps them.</summary>
public abstract class DocumentsContract
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Receipt Answered = new("key-1", "abc", "f00d", 202, "{\"caseId\":\"a\"}", Now, "/api/invoices/a");

    protected abstract ICaseStore Store { get; }

    protected abstract IDocuments Documents { get; }

    [Fact]
    public async Task A_document_is_read_as_it_was_put_with_its_new_version()
    {
        var document = new Document("creditor", "acme", null, "{\"name\":\"Été\"}", 0);
        Assert.True(await Documents.Put(document, null, Never));
        Assert.Equal(document with { Version = 1 }, await Documents.Get("creditor", "acme", Never));
        Assert.True(await Documents.Put(document with { Version = 1, Owner = "x", Json = "{}" }, null, Never));
        Assert.Equal(new("creditor", "acme", "x", "{}", 2), await Documents.Get("creditor", "acme", Never));
        Assert.Null(await Documents.Get("debtor", "acme", Never));
        Assert.Equal((true, false), (await Documents.Has("creditor", "acme", Never), await Documents.Has("debtor", "acme", Never)));
    }

    [Fact]
    public async Task A_document_whose_version_moved_is_not_written()
    {
        var document = new Document("creditor", "acme", null, "{}", 0);
        await Documents.Put(document, null, Never);
        Assert.False(await Documents.Put(document, Answered, Never));
        Assert.False(await Documents.Put(document with { Version = 2 }, Answered, Never));
        Assert.False(await Documents.Put(new("creditor", "new", null, "{}", 1), Answered, Never));
        Assert.Null(await Documents.FindReceipt("key-1", "abc", Never));
    }

    [Fact]
    public async Task Documents_are_listed_by_id_from_one_on()
    {
        foreach (var (id, owner) in ((string, string?)[])[("c", "x"), ("a", "x"), ("b", "y"), ("d", null)])
            await Documents.Put(new("debtor", id, owner, "{}", 0), null, Never);
        Assert.Equal(["a", "b", "c", "d"], await Ids(null, null, 9));
        Assert.Equal(["b", "c"], await Ids(null, "a", 2));
        Assert.Equal(["a", "c"], await Ids("x", null, 9));
        Assert.Equal(["c"], await Ids("x", "a", 9));
    }

    [Fact]
    public async Task A_receipt_is_kept_once()
    {
        Assert.True(await Documents.Keep(Answered, Never));
        Assert.False(await Documents.Keep(Answered with { Body = "other" }, Never));
        Assert.Equal(Answered, await Documents.FindReceipt("key-1", "abc", Never));
        Assert.Null(await Documents.FindReceipt("key-2", "abc", Never));
    }

    [Fact]
    public async Task A_receipt_is_stored_with_the_effect_it_answers()
    {
        await Store.Append([Register("a") with { Receipt = Answered }], Never);
        Assert.Equal(Answered, await Documents.FindReceipt("key-1", "abc", Never));
        await Store.Append([Pay("a", "p1") with { Receipt = Answered with { Key = "pay" } }], Never);
        Assert.NotNull(await Documents.FindReceipt("key-1", "pay", Never));
        Assert.True(await Documents.Put(new("debtor", "d", null, "{}", 0), Answered with { Key = "put" }, Never));
        Assert.NotNull(await Documents.FindReceipt("key-1", "put", Never));
    }

    [Fact]
    public async Task The_same_request_twice_at_once_has_one_effect()
    {
        await Store.Append([Register("a")], Never);
        var outcomes = await Store.Append(
            [Pay("a", "") with { Receipt = Answered }, Pay("a", "") with { Receipt = Answered }, Register("b") with { Receipt = Answered }], Never);
        Assert.IsType<AppendOutcome.Appended>(outcomes[0]);
        Assert.All(outcomes.Skip(1), o => Assert.IsType<AppendOutcome.VersionMoved>(o));
        Assert.False(await Documents.Put(new("debtor", "d", null, "{}", 0), Answered, Never));
        Assert.Null(await Documents.Get("debtor", "d", Never));
        Assert.Null(await Store.Load("b", Never));
    }

    private async Task<IEnumerable<string>> Ids(string? owner, string? after, int limit) =>
        (await Documents.List("debtor", owner, after, limit, Never)).Select(d => d.Id);
}
