using System.Globalization;
using System.Text;
using Dunning.Local.Tests.Store;
using Dunning.Service;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using static Dunning.StoreContract.Samples;

namespace Dunning.Local.Tests.Audit;

/// <summary>Whatever is done to the record is found out, and named.</summary>
public sealed class VerificationTests : IDisposable
{
    private const string Unlock = "DROP TRIGGER events_are_never_changed";
    private const string UnlockRemoval = "DROP TRIGGER events_are_never_taken_away";

    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly string Key = DigestSigner.NewKey();

    private readonly TempStore _temp = new();
    private readonly VirtualClock _clock = new(Now.AddHours(2));

    private string Digests => Path.Combine(_temp.Folder, "digests");

    [Fact]
    public async Task A_record_nobody_touched_is_clean()
    {
        await Live();
        var report = await Verify();
        Assert.Empty(report.Faults);
        Assert.Equal((2, 5, 2, 0), (report.Cases, report.Events, report.Digests, report.Erased));
    }

    [Theory]
    [InlineData("UPDATE events SET body = cast(replace(body, '100.00', '100.01') AS BLOB) WHERE seq = 2 AND case_no = 1", "a, event 2: it is not what was acknowledged")]
    [InlineData("UPDATE events SET format = 0 WHERE seq = 1 AND case_no = 1", "a, event 1: it is not what was acknowledged", "a, event 1: a personal value beside it is not the one it refers to")]
    [InlineData("DELETE FROM events WHERE seq = 2 AND case_no = 2", "b, event 2: it is missing", "b, event 2: the digest of 2026-10-01 covers it, and the log does not reach that far")]
    [InlineData("UPDATE events SET no = CASE seq WHEN 2 THEN no + 100 ELSE no - 1 END WHERE case_no = 1 AND seq IN (2, 3); UPDATE events SET no = no - 99 WHERE case_no = 1 AND seq = 102",
        "a, event 2: it is not what was acknowledged", "a, event 2: the digest of 2026-10-01 covers another one: the log was written anew since", "a, event 3: the digest of 2026-10-02 covers another one: the log was written anew since")]
    [InlineData("UPDATE personal SET body = cast(replace(body, 'Boulangerie', 'Boucherie') AS BLOB) WHERE no = 1048577", "a, event 1: a personal value beside it is not the one it refers to")]
    [InlineData("DELETE FROM personal WHERE no = 1048577", "a, event 1: personal values beside it are gone, and no erasure on the record took them away")]
    [InlineData("DELETE FROM events WHERE case_no = 2; DELETE FROM cases WHERE id = 'b'", "b: the digest of 2026-10-01 covers it, and it is not there")]
    [InlineData("DELETE FROM documents WHERE kind = 'digest' AND id = '2026-10-02'", "digest 2026-10-02: it was written out, and is not in the store any more")]
    [InlineData("UPDATE documents SET json = replace(json, '\"length\":2', '\"length\":1') WHERE kind = 'digest-heads' AND id LIKE '2026-10-01%'", "digest 2026-10-01: the heads it covers are not those it signed")]
    [InlineData("DELETE FROM documents WHERE kind = 'admin-log'", "#admin-log, event 1: the digest of 2026-10-02 covers it, and the log does not reach that far")]
    [InlineData("DROP TRIGGER admin_log_is_never_changed; UPDATE documents SET json = replace(json, 'key-1', 'key-2') WHERE kind = 'admin-log'", "#admin-log, event 1: it is not what was written, or one before it is missing")]
    public async Task What_was_done_to_it_is_named(string tampering, params string[] faults)
    {
        await Live();
        _temp.Store.Dispose();
        _temp.Tamper([Unlock, UnlockRemoval, .. tampering.Split("; ")]);
        _temp.Reopen();
        var named = (await Verify()).Faults.Select(f => f.ToString()).ToList();
        Assert.All(faults, f => Assert.Contains(f, named));
    }

    [Fact]
    public async Task A_digest_that_was_made_anew_by_somebody_else_is_named()
    {
        await Live();
        var digest = (await Of().List(null, 9, Never))[0];
        using var stranger = new DigestSigner(DigestSigner.NewKey());
        var forged = Encoding.UTF8.GetString(DomainJson.Write(stranger.Sign(digest with { Count = 1 })));
        _temp.Store.Dispose();
        _temp.Tamper($"UPDATE documents SET json = '{forged}' WHERE kind = 'digest' AND id = '2026-10-01'");
        _temp.Reopen();
        var named = (await Verify()).Faults.Select(f => f.ToString()).ToList();
        Assert.Contains(named, f => f.StartsWith("digest 2026-10-01: it is signed by key", StringComparison.Ordinal));
        Assert.Contains("digest 2026-10-01: the copy that was written out says something else", named);
        Assert.Contains("digest 2026-10-02: it does not follow the digest before it: one was changed or taken away", named);
    }

    [Fact]
    public async Task A_whole_chain_that_was_written_anew_consistently_is_named_by_the_digests()
    {
        await Live();
        var rows = (await _temp.Store.Chain("a", Never)).ToList();
        _temp.Store.Dispose();
        var (hash, statements) = (Array.Empty<byte>(), new List<string> { Unlock });
        foreach (var row in rows)
        {
            var body = Encoding.UTF8.GetString(row.Body.Hashed).Replace("100.00", "900.00", StringComparison.Ordinal);
            hash = AuditChain.Next(hash, row.Seq, row.At, row.By, Encoding.UTF8.GetBytes(body), row.Body.Format);
            statements.Add(string.Create(CultureInfo.InvariantCulture, $"UPDATE events SET body = cast('{body}' AS BLOB), hash = x'{Convert.ToHexString(hash)}' WHERE case_no = 1 AND seq = {row.Seq}"));
        }
        _temp.Tamper([.. statements, $"UPDATE cases SET head = x'{Convert.ToHexString(hash)}' WHERE id = 'a'"]);
        Assert.Null(await _temp.Reopen().FirstBroken("a", Never));
        var named = (await Verify()).Faults.Select(f => f.ToString()).ToList();
        Assert.Contains("a, event 2: the digest of 2026-10-01 covers another one: the log was written anew since", named);
    }

    [Fact]
    public async Task Rows_taken_off_the_end_with_their_head_are_named_by_the_digests()
    {
        await Live();
        var rows = await _temp.Store.Chain("a", Never);
        _temp.Store.Dispose();
        _temp.Tamper(UnlockRemoval, "DELETE FROM events WHERE case_no = 1 AND seq = 3", $"UPDATE cases SET head = x'{Convert.ToHexString(rows[1].Hash)}', last_seq = 2, folded_seq = 2 WHERE id = 'a'");
        Assert.Null(await _temp.Reopen().FirstBroken("a", Never));
        Assert.Equal(["a, event 3: the digest of 2026-10-02 covers it, and the log does not reach that far"], (await Verify()).Faults.Select(f => f.ToString()));
    }

    [Fact]
    public async Task What_is_erased_while_it_is_verified_is_no_fault()
    {
        await Live();
        var erasing = new Once(async () =>
        {
            await Log().Append(new(0, default, "key-1", "eraseDebtor") { Cases = ["a", "b"] }, Never);
            await _temp.Store.Forget("a", PersonalKinds.All, Never);
            await _temp.Store.Forget("b", PersonalKinds.All, Never);
        });
        // The acts were read, and one of the cases.
        var report = await new Verification(_temp.Store, Log(), Of(), new(Key), new DigestFolder(Digests)).Run(erasing, Never);
        Assert.Empty(report.Faults);
        Assert.InRange(report.Erased, 1, 100);
    }

    [Fact]
    public async Task What_is_told_while_it_is_verified_is_no_fault()
    {
        await Live();
        var telling = new Once(async () => await _temp.Store.Append([Pay("a", "p8"), Pay("b", "p9")], Never));
        Assert.Empty((await new Verification(_temp.Store, Log(), Of(), new(Key), new DigestFolder(Digests)).Run(telling, Never)).Faults);
    }

    [Fact]
    public async Task A_digest_that_is_being_written_out_is_no_fault()
    {
        await Live();
        _clock.MoveTo(Now.AddDays(2));
        var found = new List<AuditFault>();
        var slow = new Meanwhile(new DigestFolder(Digests), async () => found.AddRange((await Verify()).Faults));
        Assert.NotNull(await new Digests(_temp.Store, _temp.Store, Log(), new(Key), slow, _clock).Make(Never));
        Assert.Equal((1, 3), (slow.Written, (await Verify()).Digests));
        Assert.Empty(found);
    }

    [Fact]
    public async Task A_log_from_before_personal_data_stood_beside_it_still_verifies_and_can_be_erased()
    {
        await _temp.Store.Append([Register("a"), Pay("a", "p1")], Never);
        _temp.Store.Dispose();
        var (hash, registered) = (Array.Empty<byte>(), DomainJson.Write(Register("a").Event));
        hash = AuditChain.Next(hash, 1, Now, "key-1", registered);
        var statements = new List<string> { Unlock, "DROP TABLE personal", $"UPDATE events SET body = x'{Convert.ToHexString(registered)}', hash = x'{Convert.ToHexString(hash)}' WHERE seq = 1" };
        hash = AuditChain.Next(hash, 2, Now.AddMinutes(1), "key-2", DomainJson.Write(Pay("a", "p1").Event));
        // As the release before wrote it: no format, nothing beside.
        statements.Add($"UPDATE events SET hash = x'{Convert.ToHexString(hash)}' WHERE seq = 2");
        statements.Add($"UPDATE cases SET head = x'{Convert.ToHexString(hash)}'");
        statements.Add("ALTER TABLE events DROP COLUMN format");
        statements.Add("CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log of a case is append-only'); END");
        _temp.Tamper([.. statements]);
        _temp.Reopen();
        Assert.Empty((await Verify()).Faults);
        Assert.Equal("Boulangerie Martin", ((Dunning.Domain.CaseEvent.Registered)(await _temp.Store.Log("a", 0, 1, Never))[0].Logged.Event).Debtor.Name);
        await Log().Append(new(0, default, "key-1", "eraseDebtor") { Cases = ["a"] }, Never);
        await _temp.Store.Forget("a", PersonalKinds.All, Never);
        Assert.Equal(PersonalData.Mark, ((Dunning.Domain.CaseEvent.Registered)(await _temp.Store.Log("a", 0, 1, Never))[0].Logged.Event).Debtor.Name);
        Assert.Empty((await Verify()).Faults);
        Assert.Contains("append-only", Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _temp.Tamper("UPDATE events SET by = 'x'")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_has_one_digest_and_one_cut_short_is_completed()
    {
        await Live();
        Assert.Null(await Of().Make(Never));
        File.Delete(Path.Combine(Digests, "2026-10-02.json"));
        Assert.Contains("digest 2026-10-02: the copy that was written out is not there", (await Verify()).Faults.Select(f => f.ToString()));
        Assert.Null(await Of().Make(Never));
        Assert.Empty((await Verify()).Faults);
        // What sleeps is not covered again: what changed in the hour before the last digest is, and the log of administration.
        _clock.MoveTo(Now.AddDays(5));
        Assert.Equal(["#admin-log", "a"], await Covered());
        await _temp.Store.Append([Pay("b", "p9")], Never);
        await Commit("b", Now.AddDays(5));
        _clock.MoveTo(Now.AddDays(6));
        Assert.Equal(["#admin-log", "b"], await Covered());
        // Written after the digest by a machine whose clock is behind.
        await _temp.Store.Append([Pay("a", "p10")], Never);
        await Commit("a", Now.AddDays(6).AddMinutes(-30));
        _clock.MoveTo(Now.AddDays(7));
        Assert.Equal(["#admin-log", "a"], await Covered());
        _clock.MoveTo(Now.AddDays(8));
        Assert.Equal(["#admin-log"], await Covered());
        Assert.Empty((await Verify()).Faults);
    }

    public void Dispose() => _temp.Dispose();

    private async Task<IEnumerable<string>> Covered() => (await Of().Heads((await Of().Make(Never))!, Never)).Select(h => h.Case);

    // Two cases, two days, an act beside them.
    private async Task Live()
    {
        await _temp.Store.Append([Register("a"), Pay("a", "p1"), Register("b"), Pay("b", "p2")], Never);
        await Of().Make(Never);
        _clock.MoveTo(Now.AddDays(1));
        await _temp.Store.Append([Pay("a", "p3")], Never);
        await Commit("a", Now.AddDays(1));
        await Log().Append(new(0, default, "key-1", "addKey"), Never);
        await Of().Make(Never);
    }

    private async Task Commit(string caseId, DateTimeOffset at)
    {
        var commit = Fold((await _temp.Store.Load(caseId, Never))!);
        await _temp.Store.Commit(commit with { Index = commit.Index with { UpdatedAt = at } }, Never);
    }

    private AdminLog Log() => new(_temp.Store, _clock);

    private Digests Of() => new(_temp.Store, _temp.Store, Log(), new(Key), new DigestFolder(Digests), _clock);

    private Task<VerificationReport> Verify() => new Verification(_temp.Store, Log(), Of(), new(Key), new DigestFolder(Digests)).Run(null, Never);

    /// <summary>Does something at the first case that was looked at.</summary>
    private sealed class Once(Func<Task> act) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value == 1)
                act().GetAwaiter().GetResult();
        }
    }

    /// <summary>Does something when the store knows a new digest whose copy has not got its name.</summary>
    private sealed class Meanwhile(DigestFolder folder, Func<Task> act) : IDigestArchive
    {
        public int Written { get; private set; }

        public Task Begin(string name, byte[] json, CancellationToken ct) => folder.Begin(name, json, ct);

        public async Task Write(string name, byte[] json, CancellationToken ct)
        {
            if (!(await folder.Names(ct)).Contains(name))
            {
                await act();
                Written++;
            }
            await folder.Write(name, json, ct);
        }

        public Task<byte[]?> Read(string name, CancellationToken ct) => folder.Read(name, ct);

        public Task<IReadOnlyList<string>> Names(CancellationToken ct) => folder.Names(ct);
    }
}
