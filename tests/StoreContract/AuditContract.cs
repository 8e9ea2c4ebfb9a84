using System.Text;
using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>Personal data beside the log, and its erasure, whatever keeps it.</summary>
public abstract class AuditContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    protected abstract ICaseLists Lists { get; }

    protected abstract IDocuments Documents { get; }

    protected IAuditStore Audit => (IAuditStore)Store;

    [Fact]
    public async Task What_names_a_person_is_beside_the_row_and_the_event_reads_as_it_was_told()
    {
        await Store.Append([Register("a"), Reply("a", "r1", long.MaxValue)], Never);
        var rows = await Audit.Chain("a", Never);
        Assert.All(rows, r => Assert.Equal(LogFormat.Referenced, r.Body.Format));
        Assert.All((string[])["Martin", "compta@example.org", "Monsieur"], w => Assert.DoesNotContain(w, string.Concat(rows.Select(r => Encoding.UTF8.GetString(r.Body.Hashed))), StringComparison.Ordinal));
        Assert.All(rows, r => Assert.Equal(0, LogBody.Erased(r.Body.Format, r.Body.Hashed, r.Body.Personal)));
        var log = await Lists.Log("a", 0, 9, Never);
        Assert.Equal("Boulangerie Martin", ((CaseEvent.Registered)log[0].Logged.Event).Debtor.Name);
        Assert.Equal("compta@example.org", ((CaseEvent.Registered)log[0].Logged.Event).Debtor.Email);
        Assert.StartsWith("Monsieur", ((CaseEvent.ReplyReceived)log[1].Logged.Event).Text, StringComparison.Ordinal);
        Assert.StartsWith("Monsieur", ((CaseEvent.ReplyReceived)(await Store.FindFact("acme", "r1", Never))!.Event).Text, StringComparison.Ordinal);
        Assert.Equal(log.Select(e => e.Hash), rows.Select(r => Convert.ToHexStringLower(r.Hash)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(400_000)]
    public async Task What_is_erased_reads_as_erased_and_the_chain_holds(int length)
    {
        var message = Message("a", body: $"Bonjour Monsieur {new string('x', length)}");
        await Store.Append([Register("a"), Reply("a", "r1", length) with { Answer = "hash\n{\"from\":\"Monsieur\"}" }], Never);
        await Store.Commit(Fold((await Store.Load("a", Never))!) with { Sent = message }, Never);
        var before = await Audit.Head("a", Never);
        await Audit.Forget("a", PersonalKinds.All, Never);
        await Audit.Forget("a", PersonalKinds.All, Never);
        var rows = await Audit.Chain("a", Never);
        Assert.Null(ChainRow.FirstBroken(rows, before!.Length, before.Hash));
        Assert.Equal(4, rows.Sum(r => LogBody.Erased(r.Body.Format, r.Body.Hashed, r.Body.Personal)));
        Assert.All(rows, r => Assert.Null(r.Body.Personal));
        var log = await Lists.Log("a", 0, 9, Never);
        var debtor = ((CaseEvent.Registered)log[0].Logged.Event).Debtor;
        Assert.Equal((PersonalData.Mark, null, "martin"), (debtor.Name, debtor.Email, debtor.Id));
        Assert.Equal(PersonalData.Mark, ((CaseEvent.ReplyReceived)log[1].Logged.Event).Text);
        var kept = (await Store.FindMessage(message.Key, Never))!;
        Assert.Equal((PersonalData.Mark, PersonalData.Mark, null, message.WrittenAt, message.Balance), (kept.Body, kept.To, kept.ToName, kept.WrittenAt, kept.Balance));
        Assert.Null((await Store.FindFact("acme", "r1", Never))!.Answer);
    }

    [Fact]
    public async Task Each_kind_is_erased_by_itself()
    {
        await Store.Append([Register("a"), Reply("a", "r1", 20)], Never);
        await Audit.Forget("a", PersonalKinds.Text, Never);
        var log = await Lists.Log("a", 0, 9, Never);
        Assert.Equal("Boulangerie Martin", ((CaseEvent.Registered)log[0].Logged.Event).Debtor.Name);
        Assert.Equal((PersonalData.Mark, "chef@example.org"), (((CaseEvent.ReplyReceived)log[1].Logged.Event).Text, ((CaseEvent.ReplyReceived)log[1].Logged.Event).From));
    }

    [Fact]
    public async Task Heads_are_those_of_every_case_or_of_those_that_changed()
    {
        await Store.Append([Register("a"), Register("b", "other"), Register("c").With(i => i with { UpdatedAt = Now.AddDays(-3) })], Never);
        await Store.Append([Pay("a", "p1")], Never);
        Assert.Equal(["a 2", "b 1", "c 1"], await Heads(null));
        Assert.Equal(["a 2", "b 1"], await Heads(Now));
        Assert.Equal(["a 2", "b 1"], await Heads(Now.AddDays(-1)));
        Assert.Empty(await Heads(Now.AddTicks(1)));
        Assert.Equal((await Lists.Log("a", 1, 1, Never))[0].Hash, Convert.ToHexStringLower((await Audit.Head("a", Never))!.Hash));
        Assert.Null(await Audit.Head("nobody", Never));
        Assert.Empty(await Audit.Chain("nobody", Never));
    }

    [Fact]
    public async Task Answers_that_name_somebody_are_emptied_and_old_ones_go()
    {
        foreach (var (scope, key, body, at) in ((string, string, string, DateTimeOffset)[])[("k POST /a", "1", "{\"n\":\"Martin\"}", Now), ("k POST /a", "2", "{}", Now.AddDays(-40)), ("debtor-fact acme", "h1", "{\"n\":2}", Now.AddDays(-400))])
            Assert.True(await Documents.Keep(new(scope, key, "f00d", 200, body, at), Never));
        await Audit.ForgetAnswers(t => t.Contains("Martin", StringComparison.Ordinal), Never);
        Assert.Equal("{}", (await Documents.FindReceipt("k POST /a", "1", Never))!.Body);
        while (await Audit.PruneReceipts(Now.AddDays(-30), Never))
            continue;
        Assert.NotNull(await Documents.FindReceipt("k POST /a", "1", Never));
        Assert.Null(await Documents.FindReceipt("k POST /a", "2", Never));
        Assert.Equal("{\"n\":2}", (await Documents.FindReceipt("debtor-fact acme", "h1", Never))!.Body);
        Assert.True(await Documents.Keep(new("k POST /a", "2", "beef", 200, "{}", Now), Never));
    }

    [Fact]
    public async Task A_document_that_is_removed_is_gone_and_may_come_again()
    {
        await Documents.Put(new("mail", "acme/1", "acme", "{\"a\":1}", 0), null, Never);
        var kept = (await Documents.Get("mail", "acme/1", Never))!;
        Assert.False(await Documents.Remove(kept with { Version = 7 }, Never));
        Assert.True(await Documents.Remove(kept, Never));
        Assert.False(await Documents.Remove(kept, Never));
        Assert.Null(await Documents.Get("mail", "acme/1", Never));
        Assert.Empty(await Documents.List("mail", "acme", null, 9, Never));
        Assert.True(await Documents.Put(new("mail", "acme/1", "acme", "{}", 0), null, Never));
        Assert.Single(await Documents.List("mail", "acme", null, 9, Never));
    }

    private static CaseAppend Reply(string caseId, string fact, long length) => new(
        caseId, "acme", new CaseEvent.ReplyReceived("email", $"Monsieur {new string('é', (int)Math.Min(length, 400_000))}") { Id = fact, From = "chef@example.org" }, Now.AddMinutes(2), "mail");

    private async Task<string[]> Heads(DateTimeOffset? since)
    {
        var heads = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var head in Audit.Heads(since, Never))
            heads.Add($"{head.CaseId} {head.Length}");
        return [.. heads];
    }
}
