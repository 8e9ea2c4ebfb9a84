using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>The log of a case and its messages, whatever keeps them.</summary>
public abstract class LogContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    protected abstract ICaseLists Lists { get; }

    protected abstract Task<long?> FirstBroken(string caseId);

    [Fact]
    public async Task Each_hash_follows_from_the_one_before_it()
    {
        var log = await Lists.Log("a", 0, 100, Never);
        Assert.Equal([1, 2, 3, 4, 5], log.Select(e => e.Logged.Seq));
        byte[] head = [];
        var rows = await ((IAuditStore)Store).Chain("a", Never);
        foreach (var ((logged, hash), row) in log.Zip(rows))
        {
            head = AuditChain.Next(head, logged.Seq, logged.At, logged.By, row.Body.Hashed, row.Body.Format);
            Assert.Equal(Convert.ToHexStringLower(head), hash);
            Assert.Equal(DomainJson.Write(logged.Event), LogBody.Join(row.Body.Format, row.Body.Hashed, row.Body.Personal));
        }
        Assert.Null(await FirstBroken("a"));
    }

    [Fact]
    public async Task The_log_is_read_from_a_place_on()
    {
        Assert.Equal([3, 4], (await Lists.Log("a", 2, 2, Never)).Select(e => e.Logged.Seq));
        Assert.Empty(await Lists.Log("a", 5, 9, Never));
        Assert.Empty(await Lists.Log("a", long.MaxValue, 9, Never));
        Assert.Equal([1], (await Lists.Log("a", -7, 1, Never)).Select(e => e.Logged.Seq));
        Assert.Empty(await Lists.Log("nobody", 0, 9, Never));
    }

    [Fact]
    public async Task Messages_of_a_case_come_the_oldest_first()
    {
        Assert.Empty(await Lists.Messages("a", Never));
        foreach (var message in (OutgoingMessage[])[Message("a", "second", at: Now.AddDays(2)), Message("a", "first", at: Now.AddDays(1))])
            await Store.Commit(Fold((await Store.Load("a", Never))!) with { Sent = message }, Never);
        Assert.Equal(["first", "second"], (await Lists.Messages("a", Never)).Select(m => m.Key.Step));
    }

    protected async Task Begin()
    {
        await Store.Append([Register("a"), Pay("a", "p1"), Register("b"), Pay("a", "p2")], Never);
        var stored = (await Store.Load("a", Never))!;
        await Store.Commit(Fold(stored) with { Events = [new(4, Now, "engine", new CaseEvent.WokeUp())] }, Never);
        await Store.Append([Pay("a", "p3")], Never);
    }
}
