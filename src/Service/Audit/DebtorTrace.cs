using System.Text.Encodings.Web;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Audit;

/// <summary>By what a debtor is known in what is kept beside its cases: their ids, its replies, its numbers, and whatever names it.</summary>
public sealed class DebtorTrace(string creditor, string debtor)
{
    // Shorter ones would be found in what says nothing of it.
    private const int LeastName = 4;

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public string Creditor => creditor;

    public string Debtor => debtor;

    public HashSet<string> Cases { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Replies { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Numbers { get; } = new(StringComparer.Ordinal);

    public void See(Debtor party)
    {
        // Not where it is: others are in the same building.
        Name(party.Name, party.Email, party.Phone, party.Siren);
        foreach (var contact in party.Contacts)
            Name(contact.Name, contact.Email, contact.Phone);
    }

    public void See(CaseEvent @event)
    {
        switch (@event)
        {
            case CaseEvent.Registered registered:
                See(registered.Debtor);
                break;
            case CaseEvent.ContactChanged changed:
                See(changed.Debtor);
                break;
            case CaseEvent.ReplyReceived reply:
                Replies.Add(reply.Id);
                Name(reply.From);
                break;
            case CaseEvent.PlanAccepted accepted:
                Name(accepted.By);
                break;
        }
    }

    public void See(OutgoingMessage message)
    {
        if (message.Key.Channel == Channel.Sms)
            Numbers.Add(message.To);
        if (message.Key.Channel != Channel.Letter)
            Name(message.To, message.ToName);
    }

    /// <summary>Whether a text names it, or one of its cases, as it is or as JSON escapes it.</summary>
    public bool Names(string text) =>
        Cases.Any(c => text.Contains(c, StringComparison.Ordinal))
        || _names.Any(n => text.Contains(n, StringComparison.OrdinalIgnoreCase) || text.Contains(JavaScriptEncoder.Default.Encode(n), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether words somebody looks for, or calls something by, name it in part: one of its names, or an address, holds them all.</summary>
    public bool IsSoughtBy(string words) =>
        SearchWords.Split(words) is { Count: > 0 } sought && sought.Any(w => w.Length >= LeastName)
        && (Names(words) || _names.Any(n => SearchWords.Fold(n) is var name && sought.All(w => name.Contains(w, StringComparison.Ordinal))));

    /// <summary>Whether it is who somebody gives as a name, an address or a number: all of it, not a part.</summary>
    public bool IsKnownAs(string? whole) => whole is not null && _names.Contains(whole.Trim());

    /// <summary>Whether a JSON text of the creditor's has it for the whole of a field, or one of its cases in one. Debtors that are only called alike are others.</summary>
    public bool IsIn(string text) => Holds(text, isOurs: true);

    /// <summary>The same for an answer that may be any creditor's: only what says whose it is, or names a case, is looked into.</summary>
    public bool IsAnswered(string text) => Holds(text, isOurs: false);

    private bool Holds(string text, bool isOurs)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Holds(json.RootElement, isOurs);
        }
        catch (JsonException)
        {
            // One field as it is: a form, a file.
            return HasCase(text) || (isOurs && IsKnownAs(text));
        }
    }

    private bool Holds(JsonElement json, bool isOurs) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Any(e => Holds(e, isOurs)),
        JsonValueKind.Object => (isOurs || IsOfCreditor(json)) is var ours && json.EnumerateObject().Any(p => Holds(p.Value, ours)),
        JsonValueKind.String => json.GetString()! is var value && (HasCase(value) || (isOurs && IsKnownAs(value))),
        _ => false,
    };

    private bool IsOfCreditor(JsonElement json) => json.TryGetProperty("creditor", out var named) && named.ValueKind == JsonValueKind.String && named.ValueEquals(creditor);

    private bool HasCase(string text) => Cases.Any(c => text.Contains(c, StringComparison.Ordinal));

    private void Name(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
            if (name is { Length: >= LeastName } and not PersonalData.Mark)
                _names.Add(name);
    }
}
