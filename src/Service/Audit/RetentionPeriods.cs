using System.Globalization;

namespace Dunning.Service.Audit;

/// <summary>
/// How long personal data is kept, in days; 0 is for ever. The figures of a case (number, dates, amounts) are never erased here: they are vouchers, kept ten years by the
/// accounts (France, C. com. L123-22; Belgium, VAT since 2023). docs/audit.md gives the reason for each.
/// </summary>
public sealed record RetentionPeriods
{
    private const int Longest = 36_500;

    /// <summary>Who the debtor of a closed case was, and what was written in words: three years from its closing, as the CNIL has it for customers.</summary>
    public int Contact { get; init; } = 1095;

    /// <summary>Messages of closed cases as they left: five years, as long as somebody may be asked to prove them (C. civ. 2224).</summary>
    public int Messages { get; init; } = 1826;

    /// <summary>What payment providers delivered, once it is processed: three months, to find out what went wrong.</summary>
    public int Webhooks { get; init; } = 90;

    /// <summary>What payers wrote with money, and answers nobody could place, once they are settled: thirteen months, as long as a debit may be contested (CMF L133-24).</summary>
    public int Statements { get; init; } = 396;

    /// <summary>Answers kept under Idempotency-Keys: a month, far longer than any client tries again.</summary>
    public int Receipts { get; init; } = 30;

    /// <summary>Reads such as "contact=730 messages=1095"; what is not named stays as it is.</summary>
    /// <exception cref="FormatException">Names all that cannot be read.</exception>
    public static RetentionPeriods Parse(string? text)
    {
        var (periods, faults) = (new RetentionPeriods(), new List<string>());
        foreach (var part in (text ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (part.Split('=') is not [var name, var value] || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > Longest)
                faults.Add($"'{part}' is not a period such as webhooks=90, in days, 0 for ever");
            else if (periods.With(name, days) is { } changed)
                periods = changed;
            else
                faults.Add($"'{name}' is none of contact, messages, webhooks, statements and receipts");
        return faults.Count == 0 ? periods : throw new FormatException($"DUNNING_RETENTION cannot be read: {string.Join("; ", faults)}.");
    }

    /// <summary>What is older goes; null when it is kept for ever.</summary>
    public static DateTimeOffset? Before(int days, DateTimeOffset now) => days == 0 ? null : now.AddDays(-days);

    private RetentionPeriods? With(string name, int days) => name switch
    {
        "contact" => this with { Contact = days },
        "messages" => this with { Messages = days },
        "webhooks" => this with { Webhooks = days },
        "statements" => this with { Statements = days },
        "receipts" => this with { Receipts = days },
        _ => null,
    };
}
