using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Postage;

/// <summary>
/// Finds the letters of a day. A case with one was written to on that day or later, so only cases changed since are looked at; whatever changes while one
/// reads comes at the end of the list and is met there.
/// </summary>
public sealed class LettersOfDay(ICaseLists lists, IPolicyBook policies)
{
    // No place on earth begins a day earlier.
    private static readonly TimeSpan Earliest = TimeSpan.FromHours(14);

    /// <summary>One page of cases changed since the day began, oldest change first.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    internal async Task<(IReadOnlyList<DueLetter> Letters, string? Next)> Page(DateOnly date, IReadOnlyList<string>? creditors, bool? posted, string? cursor, int limit, CancellationToken ct)
    {
        var filter = new CaseFilter { Creditors = creditors, UpdatedSince = new(date, TimeOnly.MinValue, Earliest), Sort = "updatedAt", Cursor = cursor, Limit = limit };
        var page = await lists.Cases(filter, ct);
        var letters = new List<DueLetter>();
        foreach (var listed in page.Items)
            if (listed.State.Known is { } file)
                await Add(letters, file, await policies.Get(file.Policy, ct), date, posted, ct);
        return (letters, page.NextCursor);
    }

    /// <summary>All of them, each once, by key.</summary>
    internal async Task<IReadOnlyList<DueLetter>> All(DateOnly date, IReadOnlyList<string>? creditors, CancellationToken ct)
    {
        var found = new SortedDictionary<string, DueLetter>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            (var letters, cursor) = await Page(date, creditors, null, cursor, 200, ct);
            foreach (var letter in letters)
                found[letter.Key.ToString()] = letter;
        }
        while (cursor is not null);
        return [.. found.Values];
    }

    private async Task Add(List<DueLetter> letters, CaseFile file, Policy policy, DateOnly date, bool? posted, CancellationToken ct)
    {
        foreach (var step in file.Steps)
            foreach (var leg in step.Legs)
                if (leg is { Channel: Channel.Letter, Status: LegStatus.Accepted or LegStatus.Delivered or LegStatus.Bounced } && (posted is null || posted == (leg.PostedOn is not null))
                    && new MessageKey(file.Id, step.Id, leg.Channel, leg.Sending) is var key && await MadeOn(key, leg, policy, date, ct))
                    letters.Add(new(key, leg, file, policy));
    }

    // A delivery has put its own instant in the place of the acceptance, which is then in the log.
    private async Task<bool> MadeOn(MessageKey key, Leg leg, Policy policy, DateOnly date, CancellationToken ct)
    {
        var known = policy.Zone.LocalDate(leg.At);
        if (leg.Status == LegStatus.Accepted || known < date)
            return known == date;
        var log = await lists.Log(key.Case, 0, int.MaxValue, ct);
        var made = log.FirstOrDefault(e => e.Logged.Event is CaseEvent.MessageAccepted a && a.Key == key || e.Logged.Event is CaseEvent.MessageDelivered d && d.Key == key);
        return made is not null && policy.Zone.LocalDate(made.Logged.At) == date;
    }
}
