using System.Runtime.CompilerServices;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Simulation;

/// <summary>
/// Cases: how many were replayed; PassedOver: how many the policies tried do not fit; History: how many were settled before they were registered. More: the period holds
/// more cases than one run takes, and these are those due first.
/// </summary>
public sealed record LedgerReplayView(string Creditor, DateOnly From, DateOnly To, int Cases, int PassedOver, int History, bool More, LedgerTallyView Real, IReadOnlyList<LedgerTallyView> Tried);

/// <summary>
/// A ledger lived again under other policies: the facts of every case stay, with their instants, and only what we would have sent changes. How people would have answered
/// to it, nobody knows: it shows what would have left, not what would have been paid. Cases are read a page at a time and forgotten.
/// </summary>
public sealed class LedgerReplay(ICaseLists lists, ICaseStore store, IPolicyBook policies)
{
    public const int MaxCases = 20_000;
    private const int PageSize = 200;

    // Half the machine: the rest goes on sending.
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    public async Task<LedgerReplayView> Run(Creditor creditor, DateOnly from, DateOnly to, IReadOnlyList<Policy> tried, DateTimeOffset now, CancellationToken ct)
    {
        var (real, tallies) = (new LedgerTally(null), tried.Select(p => new LedgerTally(p)).ToList());
        var (sum, read, replayed, history, more) = (new Lock(), 0, 0, 0, false);
        await Parallel.ForEachAsync(Cases(creditor.Id, from, to, () => more = true, ct), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (listed, stop) =>
        {
            Interlocked.Increment(ref read);
            var lived = await Live(listed, creditor, tried, now, stop);
            if (lived is null)
                return;
            lock (sum)
            {
                replayed++;
                history += lived.IsHistory ? 1 : 0;
                real.Add(lived.Real, lived.Due, lived.SettledOn, lived.Notices);
                foreach (var (tally, policy, received) in tallies.Zip(tried, lived.Tried))
                    tally.Add(received, lived.Due, lived.SettledOn, step => policy.FindRung(step)?.IsFormalNotice == true);
            }
        });
        return new(creditor.Id, from, to, replayed, read - replayed, history, more, real.View(), [.. tallies.Select(t => t.View())]);
    }

    private sealed record Lived(DateOnly Due, DateOnly? SettledOn, bool IsHistory, Func<string, bool> Notices, Received Real, IReadOnlyList<Received> Tried);

    private async IAsyncEnumerable<ListedCase> Cases(string creditor, DateOnly from, DateOnly to, Action more, [EnumeratorCancellation] CancellationToken ct)
    {
        var (count, filter) = (0, new CaseFilter { Creditors = [creditor], DueAfter = from.AddDays(-1), DueBefore = to.AddDays(1), Sort = "dueDate", Limit = PageSize });
        do
        {
            var page = await lists.Cases(filter, ct);
            foreach (var item in page.Items)
            {
                if (count++ == MaxCases)
                {
                    more();
                    yield break;
                }
                yield return item;
            }
            filter = filter with { Cursor = page.NextCursor };
        }
        while (filter.Cursor is not null);
    }

    // Null when a policy follows a regime that is not the debtor's, or when the log cannot be read.
    private async Task<Lived?> Live(ListedCase listed, Creditor creditor, IReadOnlyList<Policy> tried, DateTimeOffset now, CancellationToken ct)
    {
        // Lists may lag: what was acknowledged a moment ago counts too.
        if (await store.Load(listed.Id, ct) is not { } stored)
            return null;
        var folded = await policies.Fold(stored, ct);
        var file = folded.File;
        var log = (await lists.Log(listed.Id, 0, int.MaxValue, ct)).Select(e => e.Logged).ToList();
        if (CaseFacts.Of(log) is not { } facts || tried.Any(p => !PolicyRules.Fits(p.Regime, facts.Registered.Debtor)))
            return null;
        var own = await policies.Get(file.Policy, ct);
        // Its value date, whatever day we were told.
        var settledOn = Settling.DayOf(Settling.Of(file.Account), file.Account.Invoiced, own.ToleranceIn(file.Balance.Currency));
        var happened = facts.AsItHappened(own.Zone, settledOn);
        var received = new List<Received>(tried.Count);
        foreach (var policy in tried)
            received.Add(await Simulator.Replay(happened, policy, creditor, now, ct));
        return new(file.Invoice.DueDate, settledOn, !ReferenceEquals(happened, facts), step => own.FindRung(step)?.IsFormalNotice == true, Received.Of(log, folded.State, own), received);
    }
}
