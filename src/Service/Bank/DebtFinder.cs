using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;

namespace Dunning.Service.Bank;

/// <summary>What a credit is for: its parts when that is sure, else who it may be from.</summary>
internal sealed record Finding(MatchedBy? By, IReadOnlyList<SettledPart> Parts, IReadOnlyList<Candidate> Candidates, string? Why)
{
    /// <summary>The one debtor whose invoices it named.</summary>
    public string? Debtor { get; init; }

    /// <summary>The cases it is so probably for that their debtors are not to be reminded while a person looks.</summary>
    public IReadOnlyList<string> Silenced { get; init; } = [];
}

/// <summary>
/// Finds what a credit is for, against the cases as they stand and what this statement has already paid of them. One serves one statement: the index of the
/// creditor's invoices is read once, when the first credit needs it.
/// </summary>
internal sealed class DebtFinder(DunningEngine engine, ICaseLists lists, Payers payers, string creditor)
{
    private const int MostInvoices = 50;
    private const int MostCandidates = 10;

    private readonly Dictionary<string, List<(Money Amount, bool Counts)>> _pending = new(StringComparer.Ordinal);
    private InvoiceIndex? _index;

    public async Task<InvoiceIndex> Index(CancellationToken ct) => _index ??= await InvoiceIndex.Read(lists.Owed(creditor, ct), ct);

    /// <summary>What was decided is in the cases now: what they owe need not be reckoned any more.</summary>
    public void Settled() => _pending.Clear();

    public async Task<Finding> Find(BankLine line, CancellationToken ct)
    {
        var index = await Index(ct);
        var found = Matching.Find(line, index) is { } match ? await ByName(line, match, ct) : await ByAmount(line, index, ct);
        return found;
    }

    /// <summary>The invoices a returned credit names, as far as that is sure.</summary>
    public async Task<IReadOnlyList<string>> Named(BankLine line, CancellationToken ct) =>
        Matching.Find(line, await Index(ct)) is { Doubt: null, Exactly: false } match ? [.. match.Invoices.Select(i => CaseIds.Case(creditor, i.Number))] : [];

    private async Task<Finding> ByName(BankLine line, Match match, CancellationToken ct)
    {
        var debts = new List<Debt>();
        foreach (var invoice in match.Invoices.Take(MostInvoices))
            if (await Debt(invoice.Number, line, ct) is { } debt)
                debts.Add(debt);
        var settlement = line.Doubt is { } open ? new([], open)
            : match.Invoices.Count > MostInvoices ? new([], "it names too many invoices")
            : Settlement.Of(line.Amount, match, debts);
        if (settlement.Doubt is { } doubt)
            return new(match.By, [], [.. debts.Take(MostCandidates).Select(d => Candidate(d, doubt))], doubt) { Silenced = Owing(debts) };
        Reckon(settlement.Parts, debts);
        return new(match.By, settlement.Parts, [], null) { Debtor = debts.Select(d => d.Debtor).Distinct().Count() == 1 ? debts[0].Debtor : null };
    }

    private async Task<Finding> ByAmount(BankLine line, InvoiceIndex index, CancellationToken ct)
    {
        var debtors = line.PayerIban is { } iban ? await payers.Of(iban, ct) : [];
        var open = new List<Debt>();
        foreach (var debtor in debtors)
            foreach (var listed in (await lists.Cases(new() { Creditors = [creditor], Debtor = debtor, Limit = 100 }, ct)).Items)
                if (listed.State is DunningCase.Open && await Debt(listed.Index.Number, line, ct) is { Balance.IsZero: false } debt)
                    open.Add(debt);
        var exact = open.FindAll(d => d.Balance == line.Amount);
        if (exact is [var only] && line.Doubt is null && !Matching.NamesUnknown(line) && !NamesAnother(line, only))
        {
            var parts = new[] { new SettledPart(only.CaseId, only.Number, line.Amount) };
            Reckon(parts, exact);
            return new(MatchedBy.AmountAndAccount, parts, [], null);
        }
        if (open.Count > 0)
        {
            var why = line.Doubt ?? (exact.Count == 1 ? "another invoice seems to be named" : exact.Count > 1 ? "several invoices owe this amount" : "the account is known, the amount is of no invoice");
            return new(MatchedBy.AmountAndAccount, [], [.. (exact.Count > 0 ? exact : open).Take(MostCandidates).Select(d => Candidate(d, "paid before from this account"))], why) { Silenced = Owing(exact) };
        }
        return await BySimilarName(line, index, ct);
    }

    private async Task<Finding> BySimilarName(BankLine line, InvoiceIndex index, CancellationToken ct)
    {
        var candidates = new List<Candidate>();
        foreach (var invoice in index.OwingExactly(line.Amount, MostCandidates) ?? [])
            if (await engine.Look(CaseIds.Case(creditor, invoice.Number), ct) is { } folded && NameLikeness.Alike(line.PayerName ?? line.Text, folded.File.Debtor.Name)
                && Debt(folded, line) is { } debt && debt.Balance == line.Amount)
                candidates.Add(Candidate(debt, "the amount owed, from a payer of a similar name"));
        return candidates.Count > 0
            ? new(MatchedBy.AmountAndName, [], candidates, "only amount and name fit") { Silenced = [.. candidates.Select(c => c.CaseId)] }
            : new(null, [], [], "it names no invoice that is known");
    }

    private static List<string> Owing(List<Debt> debts) => [.. debts.Where(d => !d.IsCancelled && !d.Balance.IsZero).Take(MostCandidates).Select(d => d.CaseId)];

    private async Task<Debt?> Debt(string number, BankLine line, CancellationToken ct) =>
        await engine.Look(CaseIds.Case(creditor, number), ct) is { } folded ? Debt(folded, line) : null;

    private Debt Debt(FoldedCase folded, BankLine line)
    {
        var (file, account) = (folded.File, folded.File.Account);
        var pending = _pending.GetValueOrDefault(file.Id);
        var balance = account.Balance;
        foreach (var (amount, counts) in pending ?? [])
            if (counts)
                balance -= Money.Min(balance, amount);
        return new(file.Id, file.Invoice.Number, file.Debtor.Id, balance, account.AccessoriesOwed, folded.Policy.ToleranceIn(balance.Currency))
        {
            IsCancelled = file.IsCancelled,
            WasTold = amount => amount.Currency == balance.Currency && Alike(account, amount, line, bank: false) > Alike(account, amount, line, bank: true) + (pending?.Count(p => p.Amount == amount) ?? 0),
        };
    }

    private static int Alike(Account account, Money amount, BankLine line, bool bank) => account.Payments.Count(p =>
        p.Amount == amount && p.Source == StatementIntake.Source == bank && Math.Abs(p.Date.DayNumber - line.Date!.Value.DayNumber) <= Account.DuplicateWindowDays && !account.NetOf(p).IsZero);

    private void Reckon(IReadOnlyList<SettledPart> parts, List<Debt> debts)
    {
        foreach (var part in parts)
        {
            if (!_pending.TryGetValue(part.CaseId, out var pending))
                _pending[part.CaseId] = pending = [];
            pending.Add((part.Amount, !debts.Find(d => d.CaseId == part.CaseId)!.WasTold(part.Amount)));
        }
    }

    private static bool NamesAnother(BankLine line, Debt debt) => line.Documents.Count > 0 || PaymentText.LooksNumbered(line.Text) || PaymentText.NamesAnother($"{line.Text} {line.EndToEndId}", debt.Number);

    private static Candidate Candidate(Debt debt, string why) => new(debt.CaseId, debt.Number, why);
}
