using System.Text.Json.Serialization;
using Dunning.Service.Receipts;

namespace Dunning.Service.Bank;

/// <summary>A part of a payment and the fact it became.</summary>
public sealed record AppliedPart(string CaseId, string Number, decimal Amount, string PaymentId);

/// <summary>
/// What became of one line of a statement: applied, returned (a credit taken back), proposed (it waits for a person, with candidates), unmatched (it waits,
/// without), duplicate (told before), ignored (no debtor's money), refused (it cannot be read, or not be stored now).
/// </summary>
public sealed record StatementResult(int Line, int Entry, string Result)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Part { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Statement { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public DateOnly? Date { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Payer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>How it was matched, a name of <see cref="MatchedBy"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MatchedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AppliedPart>? Payments { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Candidate>? Candidates { get; init; }

    /// <summary>Where it waits: GET /api/unmatched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unmatched { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Fault>? Faults { get; init; }

    public static StatementResult Of(BankLine line, string result) => new(line.Line, line.Entry, result)
    {
        Part = line.Parts > 1 ? line.Part : null,
        Statement = line.Statement,
        Amount = line.Amount.Amount,
        Currency = line.Amount.Currency.Code,
        Date = line.Date,
        Payer = line.PayerName,
        Text = line.References.Count > 0 ? string.Join(' ', line.References) : line.Text.Length > 0 ? line.Text : line.EndToEndId,
    };
}

/// <summary>The money of one currency: credits = applied + waiting + duplicates + refused.</summary>
public sealed record StatementTotals(string Currency, decimal Credits, decimal Applied, decimal Waiting, decimal Duplicates, decimal Refused, decimal Returned);

/// <param name="Complete">False when the reading stopped before the end: Fault says where and why.</param>
/// <param name="LedgerAsOf">The day the creditor's books are known to after it; null when the statement does not say, or not all of it was read and kept.</param>
public sealed record StatementSummary(
    int Lines, int Applied, int Returned, int Proposed, int Unmatched, int Duplicates, int Ignored, int Refused, IReadOnlyList<StatementTotals> Totals, DateOnly? LedgerAsOf,
    bool DryRun, bool Complete)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fault? Fault { get; init; }
}

/// <summary>Counts results as they pass.</summary>
internal sealed class StatementTally
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, decimal>> _amounts = new(StringComparer.Ordinal);
    private int _lines;

    /// <summary>Something may be missing from what was kept.</summary>
    public bool HasRefused => _counts.ContainsKey("refused");

    public void Add(StatementResult result, Movement movement)
    {
        _lines++;
        _counts[result.Result] = _counts.GetValueOrDefault(result.Result) + 1;
        if (movement == Movement.Other || result is not { Currency: { } currency, Amount: { } amount })
            return;
        var sums = _amounts.TryGetValue(currency, out var known) ? known : _amounts[currency] = new(StringComparer.Ordinal);
        var kind = movement == Movement.Return ? "back" + result.Result : result.Result;
        sums[kind] = sums.GetValueOrDefault(kind) + amount;
    }

    public StatementSummary Sum(DateOnly? asOf, bool dryRun, Fault? fault) => new(
        _lines, Count("applied"), Count("returned"), Count("proposed"), Count("unmatched"), Count("duplicate"), Count("ignored"), Count("refused"),
        [.. _amounts.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => Of(a.Key, a.Value))], asOf, dryRun, fault is null)
    {
        Fault = fault,
    };

    private static StatementTotals Of(string currency, Dictionary<string, decimal> sums)
    {
        decimal Sum(params string[] kinds) => kinds.Sum(k => sums.GetValueOrDefault(k));
        return new(
            currency, Sum("applied", "proposed", "unmatched", "duplicate", "refused"), Sum("applied"), Sum("proposed", "unmatched"), Sum("duplicate"), Sum("refused"), Sum("backreturned"));
    }

    private int Count(string result) => _counts.GetValueOrDefault(result);
}
