using System.Collections.Concurrent;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>A case as it is on the disk, with the part of its row that the next commit needs.</summary>
internal sealed record BusyCase(StoredCase Stored, CaseHead Head);

/// <summary>
/// The cases written last, as they are on the disk, so that a case being run is not read back at each of its moments. Every write goes
/// through the writer, which tells each change here in its order, once durable. Cases that fall asleep are forgotten.
/// </summary>
internal sealed class BusyCases
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, BusyCase> _cases = new(StringComparer.Ordinal);
    private int _written;

    public BusyCase? Find(string caseId) => _cases.GetValueOrDefault(caseId);

    public void Committed(CaseCommit commit, CaseHead head)
    {
        if (commit.State is DunningCase.Closed)
        {
            _cases.TryRemove(commit.CaseId, out _);
            return;
        }
        // Counting a concurrent dictionary locks all of it: what was written since it was emptied is counted instead.
        if (++_written % Most == 0)
            _cases.Clear();
        _cases[commit.CaseId] = new(new(commit.CaseId, head.Version, commit.State, head.LastSeq, []), head);
    }

    public void Appended(CaseAppend append, CaseHead head)
    {
        if (!_cases.TryGetValue(append.CaseId, out var busy))
            return;
        var arrived = new LoggedEvent(head.LastSeq, append.At, append.By, append.Event);
        var stored = busy.Stored with { Version = head.Version, LastSeq = head.LastSeq, Unread = [.. busy.Stored.Unread, arrived] };
        _cases[append.CaseId] = new(stored, head);
    }

    /// <summary>A commit was refused: what is remembered is read again, should it be what was wrong.</summary>
    public void Forget(string caseId) => _cases.TryRemove(caseId, out _);

    /// <summary>After a failure nobody knows what is on the disk: it is read again.</summary>
    public void ForgetAll() => _cases.Clear();
}
