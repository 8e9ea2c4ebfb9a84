using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>The answers kept for requests that carried an Idempotency-Key.</summary>
internal static class Receipts
{
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
}
