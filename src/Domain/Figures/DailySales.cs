namespace Dunning.Domain;

/// <summary>What was invoiced by day, of lines in one currency; summed over any days at once.</summary>
public sealed class DailySales
{
    private readonly Currency _currency;
    private readonly int _first;

    // Of the day before the first, up to each day after it.
    private readonly long[] _upTo;

    public DailySales(IReadOnlyCollection<LedgerLine> lines, Currency currency)
    {
        _currency = currency;
        var (first, last) = (int.MaxValue, int.MinValue);
        foreach (var line in lines)
            (first, last) = (Math.Min(first, line.IssuedOn.DayNumber), Math.Max(last, line.IssuedOn.DayNumber));
        _first = first;
        _upTo = lines.Count == 0 ? [0] : new long[last - first + 2];
        foreach (var line in lines)
            _upTo[line.IssuedOn.DayNumber - first + 1] += line.Amount.Minor;
        for (var i = 1; i < _upTo.Length; i++)
            _upTo[i] += _upTo[i - 1];
    }

    /// <summary>The day of the first invoice; null without any.</summary>
    public DateOnly? First => _upTo.Length == 1 ? null : DateOnly.FromDayNumber(_first);

    /// <summary>Both days included.</summary>
    public Money Between(DateOnly from, DateOnly to) => Money.FromMinor(UpTo(to.DayNumber) - UpTo(from.DayNumber - 1), _currency);

    private long UpTo(int day) => _upTo.Length == 1 || day < _first ? 0 : _upTo[Math.Min(day - _first + 1, _upTo.Length - 1)];
}
