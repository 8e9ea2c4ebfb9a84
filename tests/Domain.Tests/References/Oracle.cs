using System.Numerics;

namespace Dunning.Domain.Tests.References;

/// <summary>The check digits worked out the long way, with one big number, as the standards describe them.</summary>
internal static class Oracle
{
    public static string Iso7064(string body, string prefix) => $"{98 - (int)(Number($"{body}{prefix}00") % 97):D2}";

    public static string Iban(string country, string account) => country + Iso7064(account, country) + account;

    public static string Belgian(string firstTen) => (int)(Number(firstTen) % 97) is var rest && rest == 0 ? "97" : $"{rest:D2}";

    private static BigInteger Number(string text) =>
        BigInteger.Parse(string.Concat(text.Select(c => char.IsAsciiDigit(c) ? $"{c}" : $"{c - 'A' + 10}")));
}
