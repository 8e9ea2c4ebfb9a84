using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>The answers kept for requests that carried an Idempotency-Key.</summary>
internal static class Receipts
{
    private const int Portion = 1000;

    public static bool IsUsed(Connection connection, Receipt? receipt) => receipt is not null && Find(connection, receipt.Scope, receipt.Key) is not null;

    public static Receipt? Find(Connection connection, string scope, string key)
    {
        using var select = connection.Use("SELECT fingerprint, status, body, at, location FROM receipts WHERE scope = ? AND key = ?");
        return select.Set(1, scope).Set(2, key).Step()
            ? new(scope, key, select.Text(0), select.Int(1), select.Text(2), Instants.Read(select.Long(3)), select.MaybeText(4))
            : null;
    }

    /// <summary>False if the key was used.</summary>
    public static bool Keep(Connection connection, Receipt receipt)
    {
        using var insert = connection.Use("""
            INSERT INTO receipts(scope, key, fingerprint, status, body, at, location) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """);
        return insert.Set(1, receipt.Scope).Set(2, receipt.Key).Set(3, receipt.Fingerprint).Set(4, receipt.Status).Set(5, receipt.Body)
            .Set(6, receipt.At.UtcTicks).Set(7, receipt.Location).Run() == 1;
    }

    /// <summary>Those whose answers name somebody.</summary>
    public static List<(string Scope, string Key)> Naming(Connection connection, Func<string, bool> names)
    {
        using var select = connection.Use("SELECT scope, key, body FROM receipts");
        var found = new List<(string, string)>();
        while (select.Step())
            if (names(select.Text(2)))
                found.Add((select.Text(0), select.Text(1)));
        return found;
    }

    /// <summary>The request stays known; what it was answered does not.</summary>
    public static bool Empty(Connection connection, string scope, string key)
    {
        using var update = connection.Use("UPDATE receipts SET body = '{}' WHERE scope = ? AND key = ?");
        return update.Set(1, scope).Set(2, key).Run() == 1;
    }

    public static bool Prune(Connection connection, DateTimeOffset before)
    {
        using var delete = connection.Use($"""
            DELETE FROM receipts WHERE (scope, key) IN (SELECT scope, key FROM receipts WHERE at < ? AND scope NOT LIKE 'debtor-fact %' LIMIT {Portion})
            """);
        return delete.Set(1, before.UtcTicks).Run() >= Portion;
    }
}
