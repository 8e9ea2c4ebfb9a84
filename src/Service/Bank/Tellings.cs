using System.Security.Cryptography;
using System.Text;
using Dunning.Domain;

namespace Dunning.Service.Bank;

/// <summary>Somebody told of money: a statement, a notification, an export. Key names the telling itself, so that the same file again is the same telling.</summary>
/// <param name="Slot">The money it was found to tell of.</param>
public sealed record Telling(string Kind, string Key, Money Amount, DateOnly Date, string Slot)
{
    /// <summary>One of a batch that is told in detail.</summary>
    public bool IsPart { get; init; }

    /// <summary>The statement it stands in, when nothing but that and its place there names it: the bank gave no reference.</summary>
    public string? Statement { get; init; }
}

/// <summary>One credit that really came in, and what was done with it: applied in parts, or put in the queue under its own id.</summary>
public sealed record KnownCredit(string Id, DateOnly Date, Money Amount)
{
    public IReadOnlyList<SettledPart> Parts { get; init; } = [];

    /// <summary>For money that was taken back: the payment each part reverses.</summary>
    public IReadOnlyList<string> Reverses { get; init; } = [];

    /// <summary>The id of the return that took it back.</summary>
    public string? ReturnedBy { get; init; }

    /// <summary>The id of the credit that waited in the queue and went back with this one: whatever a person makes of it there meanwhile is reversed.</summary>
    public string? Withdraws { get; init; }

    public string FactId(int part) => Parts.Count == 1 ? Id : $"{Id}.{part + 1}";
}

/// <summary>
/// What was told of credits that look alike: either under one reference of the bank's, or of one account, amount and end-to-end id (or reference, or text).
/// The same credit told by a notification and by a statement is one; two told by the same kind are two.
/// </summary>
public sealed record Told
{
    public static readonly Told Nothing = new();

    public IReadOnlyList<Telling> Tellings { get; init; } = [];

    /// <summary>Only under the second of the two keys.</summary>
    public IReadOnlyList<KnownCredit> Credits { get; init; } = [];

    public Telling? Same(string key) => Tellings.FirstOrDefault(t => t.Key == key);

    /// <summary>
    /// The telling of another kind that covers this one: that kind told of at least as much more than this kind has. So a statement's total covers a
    /// notification's details, and the other way round; where no batch is told in detail, one amount never covers another.
    /// </summary>
    /// <param name="days">How far apart the days may be that the two give the money.</param>
    public Telling? Covering(BankLine line, int days)
    {
        var (kind, amount) = (line.Kind, line.Amount);
        var alike = Tellings.Where(t => t.Amount.Currency == amount.Currency && Math.Abs(t.Date.DayNumber - line.Date!.Value.DayNumber) <= days).ToList();
        if (line.Parts == 1 && !alike.Exists(t => t.IsPart))
            alike.RemoveAll(t => t.Amount != amount);
        var own = alike.Where(t => t.Kind == kind).ToList();
        foreach (var others in alike.Where(t => t.Kind != kind).GroupBy(t => t.Kind))
            if (others.Sum(t => t.Amount.Minor) - own.Sum(t => t.Amount.Minor) >= amount.Minor)
                return others.FirstOrDefault(t => t.Amount == amount && own.TrueForAll(o => o.Slot != t.Slot)) ?? others.First();
        return null;
    }

    /// <summary>
    /// Whether the line may be one that another statement of the account holds, a day's and a month's: it holds more lines alike of that day than this one has
    /// told so far. Lines the bank gave a reference are never in doubt, nor are notifications, which tell of each credit once.
    /// </summary>
    public bool StandsElsewhere(BankLine line)
    {
        if (line is not { BankReference: null, Kind: CamtStatement.OfTheBooks, Statement: { } statement })
            return false;
        var alike = Tellings.Where(t => t.Kind == line.Kind && t.Date == line.Date && t.Statement is not null).ToLookup(t => t.Statement);
        // Those a notification accounts for say nothing of how many of the others' were met here.
        var met = alike[statement].Count(own => Tellings.Count(t => t.Slot == own.Slot) == 1);
        return alike.Any(others => others.Key != statement && others.Count() > met);
    }

    public Told With(Telling telling) => this with { Tellings = [.. Tellings, telling] };

    public Told With(KnownCredit credit) => this with { Credits = [.. Credits.Where(c => c.Id != credit.Id), credit] };
}

/// <summary>The two keys under which a line of a statement is looked for.</summary>
/// <param name="ByBank">Null when the bank gave no reference.</param>
/// <param name="ByContent">Account, amount, and what the payer gave.</param>
public sealed record TellingKeys(string? ByBank, string ByContent)
{
    /// <param name="account">The creditor's account, as far as it is known.</param>
    public static TellingKeys Of(BankLine line, string? account)
    {
        var to = line.Account ?? account ?? "";
        var given = line.EndToEndId is { } id ? $"e\n{id}"
            : line.References.Count > 0 ? $"r\n{string.Join('\n', line.References.Select(Spelling.Fold))}"
            : $"t\n{line.PayerIban}\n{Spelling.Fold(line.PayerName ?? "")}\n{Spelling.Fold(line.Text)}";
        var returned = line.Movement == Movement.Return ? "back\n" : "";
        return new(
            line.BankReference is { } reference ? Hash($"{returned}bank\n{to}\n{reference}") : null,
            Hash($"{returned}{to}\n{line.Amount}\n{given}"));
    }

    /// <summary>Of the credit that a return takes back.</summary>
    public static string OfReturned(BankLine line, string? account) => Of(line with { Movement = Movement.Credit }, account).ByContent;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
