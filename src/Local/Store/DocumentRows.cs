using Dunning.Service.Engine;

namespace Dunning.Local.Store;

internal static class DocumentRows
{
    public static Document? Find(Connection connection, string kind, string id)
    {
        using var select = connection.Use("SELECT id, owner, json, version FROM documents WHERE kind = ? AND id = ?");
        return select.Set(1, kind).Set(2, id).Step() ? Read(select, kind) : null;
    }

    /// <summary>False, and nothing written, if the version has moved or the receipt's key was used.</summary>
    public static bool Put(Connection connection, Document document, Receipt? receipt)
    {
        if (Receipts.IsUsed(connection, receipt) || !(document.Version == 0 ? Insert(connection, document) : Update(connection, document)))
            return false;
        if (receipt is not null)
            Receipts.Keep(connection, receipt);
        return true;
    }

    public static List<Document> List(Connection connection, string kind, string? owner, string after, int limit)
    {
        using var select = connection.Use(owner is null
            ? "SELECT id, owner, json, version FROM documents WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
            : "SELECT id, owner, json, version FROM documents WHERE kind = ?1 AND id > ?2 AND owner = ?4 ORDER BY id LIMIT ?3");
        select.Set(1, kind).Set(2, after).Set(3, limit);
        if (owner is not null)
            select.Set(4, owner);
        var documents = new List<Document>();
        while (select.Step())
            documents.Add(Read(select, kind));
        return documents;
    }

    public static bool Remove(Connection connection, Document document)
    {
        using var delete = connection.Use("DELETE FROM documents WHERE kind = ? AND id = ? AND version = ?");
        return delete.Set(1, document.Kind).Set(2, document.Id).Set(3, document.Version).Run() == 1;
    }

    private static bool Insert(Connection connection, Document document)
    {
        using var insert = connection.Use("INSERT INTO documents(kind, id, owner, json, version) VALUES(?, ?, ?, ?, 1) ON CONFLICT(kind, id) DO NOTHING");
        return insert.Set(1, document.Kind).Set(2, document.Id).Set(3, document.Owner).Set(4, document.Json).Run() == 1;
    }

    private static bool Update(Connection connection, Document document)
    {
        using var update = connection.Use("UPDATE documents SET owner = ?, json = ?, version = version + 1 WHERE kind = ? AND id = ? AND version = ?");
        return update.Set(1, document.Owner).Set(2, document.Json).Set(3, document.Kind).Set(4, document.Id).Set(5, document.Version).Run() == 1;
    }

    private static Document Read(Statement row, string kind) => new(kind, row.Text(0), row.MaybeText(1), row.Text(2), row.Long(3));
}
