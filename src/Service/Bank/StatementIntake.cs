using System.Runtime.CompilerServices;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;
using Dunning.Service.Register;

namespace Dunning.Service.Bank;

/// <summary>
/// Takes a statement in, a few lines at a time: first the book says what was told and what is to be done about it, then that is done. Cut short anywhere, the
/// same statement again finds what was told, does what was not done, and nothing twice: every fact has an id that follows from the money it tells of.
/// </summary>
public sealed class StatementIntake
{
    public const string Source = "bank";
    private const int AtOnce = 500;

    private readonly ICaseStore _store;
    private readonly UnmatchedMoney _queue;
    private readonly INudge _nudge;
    private readonly Creditor _creditor;
    private readonly CreditDesk _desk;
    private readonly Payers _payers;
    private readonly DebtFinder _debts;
    private readonly CreditBook _book;

    public StatementIntake(
        DunningEngine engine, ICaseStore store, ICaseLists lists, Registry registry, UnmatchedMoney queue, INudge nudge, TimeProvider clock, Creditor creditor, string by)
    {
        (_store, _queue, _nudge, _creditor) = (store, queue, nudge, creditor);
        _payers = new(registry, creditor.Id);
        _debts = new(engine, lists, _payers, creditor.Id);
        _book = new(registry, creditor.Id, creditor.Iban);
        _desk = new(_book, _debts, _payers, queue, engine, creditor.Id, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), (caseId, @event) => new(caseId, creditor.Id, @event, clock.GetUtcNow(), by));
    }

    /// <summary>A rehearsal: nothing is written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The statement may be of another account than the creditor's own.</summary>
    public bool AnyAccount { get; init; }

    /// <summary>What became of the lines, in their order, and with the last of a statement that was read whole, where it ended.</summary>
    /// <exception cref="StatementRefused">From a line on nothing was read; what came before it was told.</exception>
    public async IAsyncEnumerable<(IReadOnlyList<(StatementResult Result, Movement Movement)> Results, StatementPart.Ended? Ended)> Take(
        IAsyncEnumerable<StatementPart> parts, [EnumeratorCancellation] CancellationToken ct)
    {
        var lines = new List<StatementPart>();
        StatementRefused? refused = null;
        await using var reading = parts.GetAsyncEnumerator(ct);
        while (true)
        {
            StatementPart? part = null;
            try
            {
                part = await reading.MoveNextAsync() ? reading.Current : null;
                Check(part);
            }
            catch (StatementRefused broken)
            {
                (refused, part) = (broken, null);
            }
            if (part is not (null or StatementPart.Ended))
                lines.Add(part);
            if (lines.Count == AtOnce || part is null or StatementPart.Ended)
            {
                yield return (await Enter(lines, ct), part as StatementPart.Ended);
                lines.Clear();
            }
            if (part is null)
                break;
        }
        if (refused is not null)
            throw refused;
    }

    // Numbers of invoices repeat from creditor to creditor: a statement in the wrong hands would pay the wrong ones.
    private void Check(StatementPart? part)
    {
        if (!AnyAccount && part is StatementPart.Read { Line: { Account: { } account } line } && _creditor.Iban is { } own && Iban.TryParse(account, out var iban, out _) && iban.Value != own)
            throw new StatementRefused("otherAccount", "The statement is of another account than the creditor's; say account=any if it is the creditor's too.", line.Line);
    }

    private async Task<IReadOnlyList<(StatementResult, Movement)>> Enter(List<StatementPart> parts, CancellationToken ct)
    {
        var results = new (StatementResult Result, Movement Movement)[parts.Count];
        var left = new List<(int Place, BankLine Line, string Name)>();
        for (var i = 0; i < parts.Count; i++)
            switch (parts[i])
            {
                case StatementPart.Read { Line: { Movement: Movement.Other } line }:
                    results[i] = (StatementResult.Of(line, "ignored") with { Why = line.Why }, line.Movement);
                    break;
                case StatementPart.Read { Line: var line }:
                    left.Add((i, line, _book.Name(line, _book.KeysOf(line))));
                    break;
                case StatementPart.Broken broken:
                    results[i] = (new(broken.Line, broken.Entry, "refused") { Faults = broken.Faults }, Movement.Other);
                    break;
            }
        for (var races = new Races(_creditor.Id); left.Count > 0; races.Lose())
        {
            var entered = new List<(int Place, Entered Entered)>();
            foreach (var (place, line, name) in left)
                entered.Add((place, line.Movement == Movement.Return ? await _desk.TakeBack(line, name, ct) : await _desk.TakeIn(line, name, ct)));
            IReadOnlySet<string> lost = new HashSet<string>();
            if (IsDryRun)
                _book.Forget();
            else
                lost = await _book.Write(ct);
            var kept = entered.FindAll(e => !e.Entered.Pages.Any(lost.Contains));
            var outcomes = IsDryRun ? kept.ConvertAll(e => e.Entered.Result with { Unmatched = null }) : await Do(kept.ConvertAll(e => e.Entered));
            for (var i = 0; i < kept.Count; i++)
                results[kept[i].Place] = (outcomes[i], kept[i].Entered.Line.Movement);
            left = left.FindAll(l => !kept.Exists(k => k.Place == l.Place));
        }
        return results;
    }

    // Not cancellable: what the book says must be done, whoever breaks off.
    private async Task<List<StatementResult>> Do(List<Entered> entered)
    {
        var results = entered.ConvertAll(e => e.Result);
        await Append(results, [.. entered.SelectMany((e, i) => e.Facts.Select(f => (i, f)))]);
        await Task.WhenAll(entered.Where(e => e.Waits is not null).Select(e => _queue.Put(e.Waits!, CancellationToken.None)));
        await Withdraw(entered, results);
        await Task.WhenAll(entered.Where(e => e is { Debtor: not null, Line.PayerIban: not null }).GroupBy(e => e.Line.PayerIban!).Select(async payer =>
        {
            foreach (var debtor in payer.Select(e => e.Debtor!).Distinct())
                await _payers.Learn(payer.Key, debtor, CancellationToken.None);
        }));
        _debts.Settled();
        return results;
    }

    // Once it is withdrawn nobody can decide anything of it any more: what was decided by then is reversed.
    private async Task Withdraw(List<Entered> entered, List<StatementResult> results)
    {
        var (paid, back) = (new List<(int, CaseAppend)>(), new List<(int, CaseAppend)>());
        foreach (var (place, taken) in entered.Index())
            if (taken.Withdrawn is { } withdrawal)
            {
                var facts = _desk.Withdrawn(taken, await _queue.Withdraw(withdrawal.Money, CancellationToken.None));
                results[place] = facts.Result;
                paid.AddRange(facts.Paid.Select(f => (place, f)));
                back.AddRange(facts.Back.Select(f => (place, f)));
            }
        await Append(results, paid);
        await Append(results, back);
    }

    private async Task Append(List<StatementResult> results, List<(int Place, CaseAppend Fact)> appends)
    {
        var outcomes = appends.Count == 0 ? [] : await _store.Append([.. appends.Select(a => a.Fact)], CancellationToken.None);
        foreach (var ((place, fact), outcome) in appends.Zip(outcomes))
            switch (outcome)
            {
                case AppendOutcome.Appended:
                    _nudge.Nudge(fact.CaseId);
                    if (results[place].Result == "duplicate" && fact.Event is (CaseEvent.PaymentReceived or CaseEvent.PaymentReversed))
                        results[place] = results[place] with { Result = fact.Event is CaseEvent.PaymentReversed ? "returned" : "applied", Why = "told before, not applied then" };
                    break;
                case AppendOutcome.Known known when known.CaseId == fact.CaseId:
                    break;
                default:
                    results[place] = results[place] with { Result = "refused", Faults = [new("line", "storeUnavailable", "may not have been stored; send the statement again: what was stored is then known.")] };
                    break;
            }
    }
}
