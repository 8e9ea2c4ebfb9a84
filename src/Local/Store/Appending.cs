using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>An append with everything that can be made of it before the writer's turn comes.</summary>
internal sealed record WrittenAppend(CaseAppend Append, LogBody Body)
{
    public WrittenState? Created { get; private init; }

    /// <summary>The log of a case that begins with this event, as long as it will be: nothing comes before it.</summary>
    public IReadOnlyList<ChainedEvent> FirstEvents { get; private init; } = [];

    public int Bytes => Body.Hashed.Length + (Body.Personal?.Length ?? 0) + 200 + (Created?.Bytes ?? 0);

    public static WrittenAppend Of(CaseAppend append)
    {
        var written = new WrittenAppend(append, LogBody.Of(append.Event));
        if (append.Created is not { } commit)
            return written;
        var created = WrittenState.Of(commit);
        return written with { Created = created, FirstEvents = EventLog.Chain(0, EventLog.Genesis, [written.Event(1), .. created.Events]) };
    }

    public WrittenEvent Event(long seq) => new(seq, Append.At, Append.By, Body);
}

/// <summary>Puts events in inboxes, and new cases in the store. What is refused has written nothing.</summary>
internal static class Appending
{
    /// <summary>What became of it, and the head of the case it was added to.</summary>
    public static (AppendOutcome Outcome, CaseHead? Added) Append(Connection connection, WrittenAppend written)
    {
        var append = written.Append;
        if (append.Event.Id.Length > 0 && Known(connection, append.Creditor, append.Event.Id) is { } known)
            return (known, null);
        return written.Created is { } created ? (Create(connection, written, created), null) : AddTo(connection, written);
    }

    private static AppendOutcome Create(Connection connection, WrittenAppend written, WrittenState created)
    {
        // A key used meanwhile means that the very same request was faster: its effect must not come twice.
        if (Receipts.IsUsed(connection, written.Append.Receipt))
            return CaseRow.Find(connection, written.Append.CaseId) is null ? new AppendOutcome.VersionMoved() : new AppendOutcome.Exists();
        if (CaseRow.Insert(connection, created, written.FirstEvents.Count, written.FirstEvents[^1].Hash) is not { } no)
            return new AppendOutcome.Exists();
        ListedRow.Add(connection, no, created.Commit.Index);
        foreach (var chained in written.FirstEvents)
            EventLog.Add(connection, no, chained);
        Committing.WriteAround(connection, no, created);
        Remember(connection, written, EventLog.Number(no, 1));
        return new AppendOutcome.Appended(1);
    }

    private static (AppendOutcome Outcome, CaseHead? Added) AddTo(Connection connection, WrittenAppend written)
    {
        var append = written.Append;
        if (CaseRow.Find(connection, append.CaseId) is not { } head)
            return (new AppendOutcome.NoSuchCase(), null);
        if ((append.IfVersion is { } version && version != head.Version) || Receipts.IsUsed(connection, append.Receipt))
            return (new AppendOutcome.VersionMoved(), null);
        var chained = EventLog.Chain(head.LastSeq, head.Hash, [written.Event(head.LastSeq + 1)])[0];
        EventLog.Add(connection, head.No, chained);
        var after = head with { Version = head.Version + 1, LastSeq = head.LastSeq + 1, Hash = chained.Hash };
        using (var update = connection.Use("UPDATE cases SET version = ?, last_seq = ?, head = ? WHERE no = ?"))
            update.Set(1, after.Version).Set(2, after.LastSeq).Set(3, after.Hash).Set(4, after.No).Run();
        Remember(connection, written, EventLog.Number(after.No, after.LastSeq));
        return (new AppendOutcome.Appended(after.Version), after);
    }

    public static AppendOutcome.Known? Known(Connection connection, string creditor, string fact)
    {
        using var select = connection.Use("""
            SELECT e.seq, e.format, e.body, p.body, c.id, f.answer FROM facts f JOIN events e ON e.no = f.event_no JOIN cases c ON c.no = e.case_no
            LEFT JOIN personal p ON p.no = e.no WHERE f.creditor = ? AND f.id = ?
            """);
        return select.Set(1, creditor).Set(2, fact).Step()
            ? new(select.Text(4), EventLog.Body(select), select.MaybeText(5))
            : null;
    }

    private static void Remember(Connection connection, WrittenAppend written, long eventNo)
    {
        var append = written.Append;
        if (append.Receipt is { } receipt)
            Receipts.Keep(connection, receipt);
        if (append.Event.Id.Length == 0)
            return;
        using var insert = connection.Use("INSERT INTO facts(creditor, id, event_no, answer) VALUES(?, ?, ?, ?)");
        insert.Set(1, append.Creditor).Set(2, append.Event.Id).Set(3, eventNo).Set(4, append.Answer).Run();
    }
}
