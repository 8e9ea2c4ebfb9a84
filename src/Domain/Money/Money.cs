using System.Globalization;

namespace Dunning.Domain;

/// <summary>
/// An exact amount: a whole number of the currency's own minor units (cents for EUR, yen for JPY, fils for KWD).
/// Amounts of different currencies never mix: every operation throws <see cref="InvalidOperationException"/> on two currencies.
/// </summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The largest amount accepted, in minor units: beyond it an amount is a mistake, and sums could overflow.</summary>
    public const long MaxMinor = 99_999_999_999_999;

    private readonly Currency? _currency;

    private Money(long minor, Currency currency) => (Minor, _currency) = (minor, currency);

    public long Minor { get; }

    public Currency Currency => _currency ?? throw new InvalidOperationException("An amount needs a currency.");

    /// <summary>The amount in major units, for instance 12.50 for 1250 cents.</summary>
    public decimal Amount => Minor / Scale(Currency);

    public bool IsZero => Minor == 0;

    public static Money FromMinor(long minor, Currency currency) => new(minor, currency);

    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Refuses an amount with more decimals than the currency has, or beyond <see cref="MaxMinor"/>.</summary>
    /// <exception cref="ArgumentException">The amount is over-precise or too large.</exception>
    public static Money Of(decimal amount, Currency currency) =>
        TryOf(amount, currency, out var money, out var why) ? money : throw new ArgumentException(why, nameof(amount));

    public static bool TryOf(decimal amount, Currency currency, out Money money, out string? why)
    {
        money = default;
        why = null;
        if (Math.Abs(amount) > MaxMinor / Scale(currency))
            why = $"The amount is beyond {(MaxMinor / Scale(currency)).ToString(CultureInfo.InvariantCulture)} {currency.Code}.";
        else if (amount * Scale(currency) % 1 != 0)
            why = $"{currency.Code} has {currency.MinorUnits} decimals; the amount has more.";
        else
            money = new((long)(amount * Scale(currency)), currency);
        return why is null;
    }

    /// <summary>A policy's figure (a tolerance, a minimum) in this currency, rounded down to what the currency can express.</summary>
    public static Money Floor(decimal amount, Currency currency) =>
        new((long)decimal.Floor(amount * Scale(currency)), currency);

    /// <summary>
    /// An exact figure (interest) in this currency, halves rounded up. Sixteen decimals are taken first: a half that repeated divisions have left a hair
    /// short is still a half.
    /// </summary>
    public static Money HalfUp(decimal amount, Currency currency) =>
        new((long)(decimal.Round(decimal.Round(amount, 16), currency.MinorUnits, MidpointRounding.AwayFromZero) * Scale(currency)), currency);

    /// <summary>Reads what <see cref="ToString"/> writes, such as "12.50 EUR".</summary>
    /// <exception cref="FormatException">The text is not an amount and a currency code.</exception>
    public static Money Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && decimal.TryParse(text.AsSpan(0, space), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? Of(amount, Currency.Parse(text[(space + 1)..]))
            : throw new FormatException($"'{text}' is not an amount such as '12.50 EUR'.");
    }

    public static Money operator +(Money a, Money b) => new(a.Minor + b.Minor, Same(a, b));

    public static Money operator -(Money a, Money b) => new(a.Minor - b.Minor, Same(a, b));

    public static Money operator -(Money a) => new(-a.Minor, a.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;

    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;

    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public static Money Min(Money a, Money b) => a <= b ? a : b;

    public static Money Max(Money a, Money b) => a >= b ? a : b;

    public int CompareTo(Money other)
    {
        Same(this, other);
        return Minor.CompareTo(other.Minor);
    }

    public override string ToString() =>
        Amount.ToString("F" + Currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + Currency.Code;

    private static decimal Scale(Currency currency) => currency.MinorUnits switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => 10_000m };

    private static Currency Same(Money a, Money b) => ReferenceEquals(a.Currency, b.Currency)
        ? a.Currency
        : throw new InvalidOperationException($"{a.Currency.Code} and {b.Currency.Code} do not mix.");
}
