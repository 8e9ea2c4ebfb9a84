using System.Buffers.Text;
using System.Text;
using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>What stores need to keep lists in order, whatever they keep them in.</summary>
public static class ListOrder
{
    private const decimal TenThousand = 10_000m;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Ten-thousandths of the major unit, so that one index orders every currency.</summary>
    public static long Amount(Money amount) => (long)(amount.Amount * TenThousand);

    /// <summary>The same of a bound in major units, rounded up and held to what an amount can be.</summary>
    public static long Amount(decimal major) => (long)decimal.Ceiling(Math.Clamp(major, -(decimal)Money.MaxMinor, Money.MaxMinor) * TenThousand);

    public static Money Amount(long stored, string currency) => Money.Of(stored / TenThousand, Currency.Parse(currency));

    public static string Cursor(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    /// <exception cref="FormatException">No list gave out such a cursor.</exception>
    public static string Place(string cursor)
    {
        try
        {
            return Utf8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw NotOurs();
        }
    }

    public static FormatException NotOurs() => new("The cursor is not one that this list gave out.");
}
