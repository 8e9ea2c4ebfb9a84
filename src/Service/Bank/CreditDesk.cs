using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Bank;

/// <summary>What is to be done about a line of a statement, once it is decided.</summary>
internal sealed record Entered(BankLine Line, StatementResult Result)
{
    public IReadOnlyList<CaseAppend> Facts { get; init; } = [];

    /// <summary>What to put in the queue.</summary>
    public Unmatched? Waits { get; init; }

    /// <summary>What to take out of it: the bank took the money back by that return.</summary>
    public (Unmatched Money, KnownCredit Return)? Withdrawn { get; init; }

    public string? Debtor { get; init; }

    /// <summary>The pages of the book it wrote on.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];
}

/// <summary>Decides what is to be done about a line: told before or not, for which invoices, or for a person. Writes in the book alone.</summary>
/// <param name="append">Makes the append of a fact to a case of the creditor.</param>
internal sealed class CreditDesk(
    CreditBook book, DebtFinder debts, Payers payers, UnmatchedMoney queue, DunningEngine engine, string creditor, DateOnly today, Func<string, CaseEvent, CaseAppend> append)
{
    // Banks count their references anew each year; a notification and its statement may differ in the value date.
    private const int DaysOfOneReference = 10;

    public async Task<Entered> TakeIn(BankLine line, string name, CancellationToken ct)
    {
        var keys = book.KeysOf(line);
        var elsewhere = (await book.Get(keys.ByContent, ct)).StandsElsewhere(line);
        var told = await Told(line, name, keys, ct);
        if (told.Known is { } known)
            return await TakeInAgain(line, known, told.Pages, ct);
        var id = told.Slot ?? await NewId(keys, ct);
        var finding = await debts.Find(elsewhere ? line with { Doubt = line.Doubt ?? "the same line stands in another statement" } : line, ct);
        if (finding.Debtor is { } debtor && line.PayerIban is { } iban)
            payers.Note(iban, debtor);
        var credit = new KnownCredit(id, line.Date!.Value, line.Amount) { Parts = finding.Parts };
        book.Set(keys.ByContent, (await book.Get(keys.ByContent, ct)).With(credit));
        return Decided(line, credit, finding) with { Pages = told.Pages };
    }

    private Entered Decided(BankLine line, KnownCredit credit, Finding finding)
    {
        if (credit.Parts.Count > 0)
            return new(line, StatementResult.Of(line, "applied") with { MatchedBy = finding.By is { } by ? ApiJson.Name(by) : null, Payments = Payments(credit) })
            {
                Facts = Facts(line, credit),
                Debtor = finding.Debtor,
            };
        var money = Waiting(line, credit) with { Candidates = finding.Candidates, Silenced = finding.Silenced };
        return new(line, StatementResult.Of(line, finding.Candidates.Count > 0 ? "proposed" : "unmatched") with
        {
            MatchedBy = finding.By is { } way ? ApiJson.Name(way) : null,
            Candidates = finding.Candidates,
            Unmatched = money.Id,
            Why = finding.Why,
        })
        {
            Facts = [.. money.Doubts(today).Select(d => append(d.CaseId, d.Event))],
            Waits = money,
        };
    }

    // Cut short before it was in the queue, it is looked at anew for its candidates; that it waits stays decided.
    private async Task<Entered> TakeInAgain(BankLine line, KnownCredit credit, IReadOnlyList<string> pages, CancellationToken ct)
    {
        var entered = Again(line, credit, pages);
        if (entered.Waits is not { } money || await queue.Find(money.Id, ct) is not null)
            return entered;
        var waits = Decided(line, credit, await debts.Find(line, ct));
        return waits with { Result = entered.Result, Pages = pages };
    }

    // Told again, what was decided stands; what was not done of it is done now.
    private Entered Again(BankLine line, KnownCredit credit, IReadOnlyList<string> pages) =>
        new(line, StatementResult.Of(line, "duplicate") with { Payments = credit.Parts.Count > 0 ? Payments(credit) : null, Unmatched = credit.Parts.Count > 0 || line.Movement == Movement.Return ? null : Waiting(line, credit).Id })
        {
            Withdrawn = Withdrawal(line, credit),
            Facts = credit.Reverses.Count > 0 ? Reversals(line, credit) : Facts(line, credit),
            Waits = credit.Parts.Count == 0 && line.Movement == Movement.Credit && credit.Amount == line.Amount && credit.ReturnedBy is null ? Waiting(line, credit) : null,
            Pages = pages,
        };

    public async Task<Entered> TakeBack(BankLine line, string name, CancellationToken ct)
    {
        var keys = book.KeysOf(line);
        var told = await Told(line, name, keys, ct);
        if (told.Known is { } known)
            return Again(line, known, told.Pages);
        var id = told.Slot ?? await NewId(keys, ct);
        var page = book.KeyOfReturned(line);
        var credits = await book.Get(page, ct);
        var back = new KnownCredit(id, line.Date!.Value, line.Amount);
        var taken = credits.Credits.Where(c => c.ReturnedBy is null && c.Date <= line.Date).MaxBy(c => c.Date);
        if (taken is not null)
        {
            book.Set(page, credits.With(taken with { ReturnedBy = id }));
            back = taken.Parts.Count > 0
                ? back with { Parts = taken.Parts, Reverses = [.. taken.Parts.Select((_, i) => taken.FactId(i))] }
                : back with { Withdraws = taken.Id };
        }
        else if (await OnlyPayment(line, ct) is var (part, payment))
        {
            back = back with { Parts = [part], Reverses = [payment] };
        }
        else
        {
            // Not in the book: sent again when the credit is known, it is found.
            book.Untell(keys, name);
            return new(line, StatementResult.Of(line, "unmatched") with { Why = "it takes back a credit that is not known here: reverse the payment by hand" });
        }
        book.Set(keys.ByContent, (await book.Get(keys.ByContent, ct)).With(back));
        var entered = new Entered(line, StatementResult.Of(line, "returned")) { Facts = Reversals(line, back), Withdrawn = Withdrawal(line, back), Pages = [.. told.Pages, page] };
        var assigned = entered.Withdrawn is { } withdrawal ? (await queue.Find(withdrawal.Money.Id, ct))?.Value : null;
        return entered with { Result = entered.Result with { Payments = Reversed(assigned is null ? back : Of(back, assigned)) } };
    }

    private (Unmatched, KnownCredit)? Withdrawal(BankLine line, KnownCredit back) => back.Withdraws is { } credit ? (Waiting(line, back with { Id = credit }), back) : null;

    /// <summary>
    /// What is to be told of money that was withdrawn: first what a person had decided and may not have told, then that it went back, under ids that follow
    /// from the return's. Told again, it is known.
    /// </summary>
    public (IReadOnlyList<CaseAppend> Paid, IReadOnlyList<CaseAppend> Back, StatementResult Result) Withdrawn(Entered entered, Unmatched money)
    {
        var back = Of(entered.Withdrawn!.Value.Return, money);
        var settled = money.AssignedTo is null ? money.Settled().Select(s => append(s.CaseId, s.Event)) : [];
        return (money.AssignedTo is null ? [.. money.Paid.Select(p => append(p.CaseId, money.Payment(p)))] : [], [.. Reversals(entered.Line, back), .. settled],
            entered.Result with { Payments = Reversed(back) });
    }

    private static KnownCredit Of(KnownCredit back, Unmatched money) =>
        back with { Parts = [.. money.Paid.Select(p => new SettledPart(p.CaseId, "", p.Amount))], Reverses = [.. money.Paid.Select(p => p.PaymentId)] };

    private static AppliedPart[] Reversed(KnownCredit back) => [.. back.Parts.Select((p, i) => new AppliedPart(p.CaseId, p.Number, p.Amount.Amount, back.Reverses[i]))];

    // The invoice it names has one payment of that amount which still counts.
    private async Task<(SettledPart Part, string Payment)?> OnlyPayment(BankLine line, CancellationToken ct)
    {
        var found = new List<(SettledPart, string)>();
        foreach (var caseId in await debts.Named(line, ct))
            if (await engine.Look(caseId, ct) is { } folded)
                foreach (var payment in folded.File.Account.Payments)
                    if (payment.Amount == line.Amount && folded.File.Account.NetOf(payment) == payment.Amount && payment.Date <= line.Date)
                        found.Add((new(caseId, folded.File.Invoice.Number, payment.Amount), payment.Id));
        return found is [var only] ? only : null;
    }

    /// <summary>
    /// Whether money was told before, by this very telling or by one of another kind that covers it; and writes this telling down. Slot is the id it has when
    /// it was told but nothing was decided: a crash came in between.
    /// </summary>
    private async Task<(KnownCredit? Known, string? Slot, IReadOnlyList<string> Pages)> Told(BankLine line, string name, TellingKeys keys, CancellationToken ct)
    {
        var content = await book.Get(keys.ByContent, ct);
        var byBank = keys.ByBank is { } key ? await book.Get(key, ct) : null;
        IReadOnlyList<string> pages = keys.ByBank is { } page ? [keys.ByContent, page] : [keys.ByContent];
        var likeIt = content.Covering(line, 0);
        var covering = byBank?.Covering(line, DaysOfOneReference);
        // A line alike without the bank's reference may have been taken for that money before; then this one is the other.
        if (covering is not null && content.Tellings.Any(t => t.Kind == line.Kind && t.Slot == covering.Slot && t.Key != name))
            covering = null;
        var before = content.Same(name) ?? byBank?.Same(name) ?? covering ?? likeIt;
        var slot = before?.Slot ?? await NewId(keys, ct);
        var telling = new Telling(line.Kind, name, line.Amount, line.Date!.Value, slot) { IsPart = line.Parts > 1, Statement = line.BankReference is null ? line.Statement : null };
        // Money the bank's reference alone connects is not alike: under what it looks like it must not stand for another.
        if (content.Same(name) is null && (before is null || likeIt is not null || (byBank?.Same(name) is not null && PageOf(slot) == keys.ByContent)))
            book.Set(keys.ByContent, content.With(telling));
        if (byBank is not null && byBank.Same(name) is null)
            book.Set(keys.ByBank!, byBank.With(telling));
        if (before is null)
            return (null, null, pages);
        var known = (await book.Get(PageOf(slot), ct)).Credits.FirstOrDefault(c => c.Id == slot);
        return (known, slot, pages);
    }

    private async Task<string> NewId(TellingKeys keys, CancellationToken ct) => $"bank-{keys.ByContent}-{(await book.Get(keys.ByContent, ct)).Credits.Count + 1}";

    private static string PageOf(string slot) => slot.Split('-')[1];

    private List<CaseAppend> Facts(BankLine line, KnownCredit credit) =>
        [.. credit.Parts.Select((p, i) => append(p.CaseId, new PaymentReceived(p.Amount, credit.Date, StatementIntake.Source, Reference(line)) { Id = credit.FactId(i) }))];

    private List<CaseAppend> Reversals(BankLine line, KnownCredit back) =>
        [.. back.Parts.Select((p, i) => append(p.CaseId, new PaymentReversed(back.Reverses[i], null, Reference(line)) { Id = back.FactId(i) }))];

    private static AppliedPart[] Payments(KnownCredit credit) => [.. credit.Parts.Select((p, i) => new AppliedPart(p.CaseId, p.Number, p.Amount.Amount, credit.FactId(i)))];

    private Unmatched Waiting(BankLine line, KnownCredit credit) => new(creditor, StatementIntake.Source, credit.Id, credit.Amount, credit.Date)
    {
        Reference = Reference(line),
        PayerName = line.PayerName,
        PayerIban = line.PayerIban,
    };

    private static string? Reference(BankLine line)
    {
        var text = line.EndToEndId ?? (line.References.Count > 0 ? line.References[0] : line.Documents.Count > 0 ? line.Documents[0] : null) ?? (line.Text.Length > 0 ? line.Text : null);
        return text is null ? null : string.Concat(text.Take(140).Select(c => char.IsControl(c) ? ' ' : c));
    }
}
