using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Functions.Store;

/// <summary>Something that is told once: a fact of a creditor, a request of a key.</summary>
internal sealed record Name(string Kind, string Owner, string Id)
{
    private string Hash { get; } = Keys.Hash(Kind, Owner, Id);

    public string Partition => Keys.Join(Keys.Of(Owner), Keys.Bucket(Hash));

    public string Row => Keys.Join(Kind, Hash);

    /// <summary>The key of the row that makes it true, beside what it is about.</summary>
    public string Truth(int generation) => Keys.Join(Kind, Hash, generation.ToString(CultureInfo.InvariantCulture));

    public static Name Fact(string creditor, string id) => new("fact", creditor, id);

    public static Name Receipt(string scope, string key) => new("receipt", scope, key);
}

/// <summary>The partition that the truth about a name is written in.</summary>
internal sealed record Place(string Table, string Partition);

/// <summary>A name held for a place. Truth is null while nothing was told under it.</summary>
internal sealed record Hold(Place Place, int Generation, TableEntity? Truth);

/// <summary>
/// Names that are unique over many partitions, while a transaction reaches only one. A name is reserved for a place first; then the transaction in that
/// place adds the row that makes it true. A reservation alone means nothing: whoever died in between left a name that others may take.
/// Taking it for another place begins with a void row at the very key that the first one would add: from then on that one is refused, however late
/// it comes. Each taking is a new generation, with a key of its own, so that void stays void.
/// </summary>
internal sealed class Names(TableClient names, Func<string, TableClient> open)
{
    private const string Void = "Void";

    /// <summary>What is held under a name; null if nobody reserved it.</summary>
    public async Task<Hold?> Find(Name name, CancellationToken ct)
    {
        var found = await names.GetEntityIfExistsAsync<TableEntity>(name.Partition, name.Row, cancellationToken: ct);
        if (!found.HasValue)
            return null;
        var hold = Read(found.Value!);
        return hold with { Truth = await Truth(name, hold, ct) is { } truth && !IsVoid(truth) ? truth : null };
    }

    /// <summary>Holds a name for a place, unless something was told under it already: then its truth.</summary>
    public async Task<Hold> Reserve(Name name, Place place, CancellationToken ct)
    {
        for (var patience = new Patience(); ; await patience.Wait(ct))
        {
            if (await Add(name, place, ct))
                return new(place, 1, null);
            var found = await names.GetEntityIfExistsAsync<TableEntity>(name.Partition, name.Row, cancellationToken: ct);
            if (found.HasValue && await Settle(name, place, found.Value!, ct) is { } hold)
                return hold;
        }
    }

    public static TableEntity Write(Name name, Hold hold) => new(hold.Place.Partition, name.Truth(hold.Generation));

    private async Task<Hold?> Settle(Name name, Place place, TableEntity reservation, CancellationToken ct)
    {
        var hold = Read(reservation);
        var truth = await Truth(name, hold, ct);
        if (truth is not null && !IsVoid(truth))
            return hold with { Truth = truth };
        if (truth is null && hold.Place == place)
            return hold;
        if (truth is null && !await TryAdd(open(hold.Place.Table), new(hold.Place.Partition, name.Truth(hold.Generation)) { [Void] = true }, ct))
            return null;
        return await Take(Reservation(name, place, hold.Generation + 1), reservation.ETag, ct) ? new(place, hold.Generation + 1, null) : null;
    }

    private Task<bool> Add(Name name, Place place, CancellationToken ct) => TryAdd(names, Reservation(name, place, 1), ct);

    private static async Task<bool> TryAdd(TableClient table, TableEntity row, CancellationToken ct)
    {
        try
        {
            await table.AddEntityAsync(row, ct);
            return true;
        }
        catch (RequestFailedException refused) when (refused.IsRefusal())
        {
            return false;
        }
    }

    private async Task<bool> Take(TableEntity reservation, ETag ifMatch, CancellationToken ct)
    {
        try
        {
            await names.UpdateEntityAsync(reservation, ifMatch, TableUpdateMode.Replace, ct);
            return true;
        }
        catch (RequestFailedException refused) when (refused.IsRefusal())
        {
            return false;
        }
    }

    private async Task<TableEntity?> Truth(Name name, Hold hold, CancellationToken ct)
    {
        var found = await open(hold.Place.Table).GetEntityIfExistsAsync<TableEntity>(hold.Place.Partition, name.Truth(hold.Generation), cancellationToken: ct);
        return found.HasValue ? found.Value : null;
    }

    private static TableEntity Reservation(Name name, Place place, int generation) => new(name.Partition, name.Row)
    {
        ["Table"] = place.Table,
        ["Partition"] = place.Partition,
        ["Generation"] = generation,
    };

    private static Hold Read(TableEntity row) => new(new(row.GetString("Table"), row.GetString("Partition")), row.GetInt32("Generation") ?? 1, null);

    private static bool IsVoid(TableEntity truth) => truth.GetBoolean(Void) == true;
}
