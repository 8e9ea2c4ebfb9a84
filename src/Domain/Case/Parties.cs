namespace Dunning.Domain;

public enum DebtorKind
{
    Business,
    Consumer,
    Public,
}

/// <summary>How a message or an act reaches whom it is for. Call, Handover and Declaration (to the credit insurer) are done by people: they open a task.</summary>
public enum Channel
{
    Email,
    Sms,
    Letter,
    Call,
    Handover,
    Declaration,
}

public sealed record PostalAddress(string Line1, string? Line2, string PostalCode, string City);

/// <summary>A person at the debtor's; the role "dunning" or "accounting" receives the reminders.</summary>
public sealed record Contact(string? Role, string? Name, string? Email, string? Phone);

/// <summary>Who owes. Country is ISO 3166-1 alpha-2, language ISO 639-1, phone E.164, SIREN nine digits.</summary>
public sealed record Debtor(string Id, string Name, DebtorKind Kind, string Country, string Language)
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    public PostalAddress? Address { get; init; }

    public string? Siren { get; init; }

    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>Where e-mail reminders go: the contact for dunning, else for accounting, else the debtor's own address.</summary>
    public string? ReminderEmail => ByRole(c => c.Email) ?? Email ?? First(c => c.Email);

    public string? ReminderPhone => ByRole(c => c.Phone) ?? Phone ?? First(c => c.Phone);

    private string? ByRole(Func<Contact, string?> address) =>
        Contacts.Count == 0 ? null
        : First(c => c.Role == "dunning" ? address(c) : null) ?? First(c => c.Role == "accounting" ? address(c) : null);

    private string? First(Func<Contact, string?> address)
    {
        foreach (var contact in Contacts)
            if (address(contact) is { Length: > 0 } found)
                return found;
        return null;
    }
}

/// <summary>Who is to be paid. The IBAN is canonical, see <see cref="Domain.Iban"/>.</summary>
public sealed record Payee(string Name, string Iban, string? Bic = null);

/// <summary>What is owed for. The amount includes VAT. Sent is false when the platform says the debtor has not received it yet.</summary>
public sealed record Invoice(string Number, DateOnly IssueDate, DateOnly DueDate, Money Amount)
{
    public string? PurchaseOrder { get; init; }

    /// <summary>What was delivered or done; the first reminder to a Belgian consumer must say it (code de droit économique, XIX.2).</summary>
    public string? Description { get; init; }

    public string? PaymentUrl { get; init; }

    /// <summary>Whom the invoice was assigned to (factoring); null is the creditor.</summary>
    public Payee? Payee { get; init; }

    public bool Unsent { get; init; }

    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>Which immutable version of which policy; creditor is null for the policies that are shipped.</summary>
public sealed record PolicyRef(string Name, int Version, string? Creditor = null)
{
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>
/// Names one sending of one step of one case for ever: <c>{case}/{step}/{channel}/{sending}</c>. The sending is 1 and rises only by
/// an operator's explicit resend, so that the same decision taken twice names the same message.
/// </summary>
public readonly record struct MessageKey(string Case, string Step, Channel Channel, int Sending)
{
    /// <summary>False for what people do: a call, a hand-over, a declaration.</summary>
    public bool IsMessage => Carries(Channel);

    public static bool Carries(Channel channel) => channel is Channel.Email or Channel.Sms or Channel.Letter;

    public override string ToString() => $"{Case}/{Step}/{Name(Channel)}/{Sending}";

    /// <exception cref="FormatException">The text is not of the form case/step/channel/sending.</exception>
    public static MessageKey Parse(string text) => TryParse(text, out var key)
        ? key
        : throw new FormatException("A message key has the form case/step/channel/sending.");

    public static bool TryParse(string text, out MessageKey key)
    {
        var parts = text.Split('/');
        key = default;
        if (parts.Length != 4 || ChannelNamed(parts[2]) is not { } channel || !int.TryParse(parts[3], out var sending) || sending < 1)
            return false;
        key = new(parts[0], parts[1], channel, sending);
        return true;
    }

    public static string Name(Channel channel) => channel switch
    {
        Channel.Email => "email",
        Channel.Sms => "sms",
        Channel.Letter => "letter",
        Channel.Call => "call",
        Channel.Declaration => "declaration",
        _ => "handover",
    };

    public static Channel? ChannelNamed(string name) => name switch
    {
        "email" => Channel.Email,
        "sms" => Channel.Sms,
        "letter" => Channel.Letter,
        "call" => Channel.Call,
        "handover" => Channel.Handover,
        "declaration" => Channel.Declaration,
        _ => null,
    };
}
