using System.Text.Encodings.Web;
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
        Name(party.Name, party.Email, party.Phone, party.Siren, party.Address?.Line1, party.Address?.Line2);
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

    private void Name(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
            if (name is { Length: >= LeastName } and not PersonalData.Mark)
                _names.Add(name);
    }
}
