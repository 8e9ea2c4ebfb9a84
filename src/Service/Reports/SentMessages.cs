using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Reports;

/// <summary>
/// Messages by what carriers know them by. Each row keeps the message it was last written in: one whose first row was written again since is found with a row that
/// is still in it.
/// </summary>
public sealed class SentMessages(ICaseStore store, ICaseLists lists)
{
    private const int PageSize = 200;

    /// <summary>Null for what names none, or one that no row is in any more.</summary>
    public async Task<OutgoingMessage?> Find(string identity, CancellationToken ct)
    {
        if (!Joint.TryRead(identity, out var first, out var mark) || await store.FindMessage(first, ct) is not { } message)
            return null;
        if (message.Identity == identity)
            return message;
        return mark.Length > 0 && await store.Load(first.Case, ct) is { State.Known: { } file } ? await Beside(file, identity, ct) : null;
    }

    /// <summary>Whether a row was last claimed for this message, and for no other.</summary>
    public static bool IsIn(CaseFile file, MessageKey row, OutgoingMessage message) => MessageFates.Find(file, row) is (_, var leg) && leg.Joined == message.Joint?.Id;

    private async Task<OutgoingMessage?> Beside(CaseFile file, string identity, CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await lists.Cases(new() { Creditors = [file.Creditor], Debtor = file.Debtor.Id, Cursor = cursor, Limit = PageSize }, ct);
            foreach (var listed in page.Items)
                if (listed.State.Known is { } other && RowIn(other, identity) is { } row && await store.FindMessage(row, ct) is { } copy && copy.Identity == identity)
                    return copy;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return null;
    }

    private static MessageKey? RowIn(CaseFile file, string joint) =>
        (from step in file.Steps
         from leg in step.Legs
         where leg.Joined == joint
         select (MessageKey?)new MessageKey(file.Id, step.Id, leg.Channel, leg.Sending)).FirstOrDefault();
}
