using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Service.Import;

namespace Dunning.Service.Bank;

/// <summary>What a column of a bank's export tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BankColumn>))]
public enum BankColumn
{
    BookedOn, ValueDate, Amount, Debit, Credit, Direction, Currency, Text, Reference, EndToEndId, PayerName, PayerIban, Account, BankReference,
}

/// <summary>
/// How one bank writes its statements as CSV: data, a file of its own. Headings are compared without case, accents and punctuation; of several for one
/// column all that are there count for text, else the first that is there.
/// </summary>
/// <param name="Name">What a request says: profile=kbc.</param>
/// <param name="Source">Where the columns are known from.</param>
public sealed record CsvProfile(string Name, string Bank, string Source, IReadOnlyDictionary<BankColumn, IReadOnlyList<string>> Columns)
{
    /// <summary>Null: the one the file has most of.</summary>
    public string? Delimiter { get; init; }

    /// <summary>As .NET writes them; empty: any a ledger may be written in.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>The currency of an account whose export has no column for it.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>The place of each column the header has; null when the header is not this bank's.</summary>
    public Dictionary<BankColumn, int[]>? Find(IReadOnlyList<string> header)
    {
        var folded = header.Select(Words.Fold).ToArray();
        var found = new Dictionary<BankColumn, int[]>();
        foreach (var (column, headings) in Columns)
        {
            int[] places = [.. headings.Select(h => Array.IndexOf(folded, Words.Fold(h))).Where(p => p >= 0).Distinct()];
            if (places.Length > 0)
                found[column] = column == BankColumn.Text ? places : places[..1];
        }
        var amounts = found.ContainsKey(BankColumn.Amount) || (found.ContainsKey(BankColumn.Credit) && found.ContainsKey(BankColumn.Debit));
        return amounts && (found.ContainsKey(BankColumn.BookedOn) || found.ContainsKey(BankColumn.ValueDate)) && found.ContainsKey(BankColumn.Text) ? found : null;
    }
}

/// <summary>The banks whose exports are known.</summary>
public sealed class CsvProfiles
{
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "bank-profiles");

    // Whatever explains as much of a header explains it better.
    private const string Generic = "generic";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private CsvProfiles(IReadOnlyList<CsvProfile> all) => All = all;

    public IReadOnlyList<CsvProfile> All { get; }

    /// <exception cref="InvalidDataException">A file is no profile.</exception>
    public static CsvProfiles Load(string folder) =>
        new([.. Directory.GetFiles(folder, "*.json").Select(Read).OrderBy(p => p.Name == Generic).ThenBy(p => p.Name, StringComparer.Ordinal)]);

    public CsvProfile? Named(string name) => All.FirstOrDefault(p => p.Name == name);

    /// <summary>The profile that explains most of a header, and where its columns are.</summary>
    public (CsvProfile Profile, Dictionary<BankColumn, int[]> Places)? Detect(IReadOnlyList<string> header)
    {
        (CsvProfile, Dictionary<BankColumn, int[]>)? best = null;
        var most = 0;
        foreach (var profile in All)
            if (profile.Find(header) is { } places && places.Values.Sum(p => p.Length) is var count && count > most)
                (best, most) = ((profile, places), count);
        return best;
    }

    private static CsvProfile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CsvProfile>(File.ReadAllText(path), Json) ?? throw new JsonException("null");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is no bank profile: {broken.Message}", broken);
        }
    }
}
