using System.Globalization;

namespace Dunning.Service.Delivery.Mail;

/// <summary>An e-mail address that is safe to write into a header or an SMTP command, and the name shown with it.</summary>
/// <exception cref="ArgumentException">The address is not one; <see cref="Fault"/> says why without throwing.</exception>
public sealed record Mailbox
{
    public Mailbox(string address, string? name = null)
    {
        if (Fault(address) is { } fault) throw new ArgumentException(fault, nameof(address));
        Address = address;
        Name = name is null || HeaderRules.Clean(name) is not { Length: > 0 } shown ? null : shown;
        var at = address.IndexOf('@', StringComparison.Ordinal);
        WireAddress = address[..(at + 1)] + AsciiDomain(address[(at + 1)..]);
    }

    /// <summary>As given: local part, @, domain.</summary>
    public string Address { get; }

    public string? Name { get; }

    /// <summary>The address with its domain in punycode; only the local part can still hold non-ASCII letters.</summary>
    public string WireAddress { get; }

    /// <summary>A non-ASCII local part has no ASCII form: only servers that speak SMTPUTF8 (RFC 6531) can take it.</summary>
    public bool NeedsSmtpUtf8 => !System.Text.Ascii.IsValid(WireAddress);

    /// <summary>What is wrong with an address, or null. Quoted local parts and IP literals are refused: no debtor has one.</summary>
    public static string? Fault(string? address)
    {
        var sides = (address ?? "").Split('@');
        if (sides is not [{ Length: > 0 } local, { Length: > 0 } domain]) return "An e-mail address has one @ with something on both sides.";
        if (!local.Split('.').All(atom => atom.Length > 0 && atom.All(IsLocalCharacter)))
            return "The part of an e-mail address before the @ is letters, digits and !#$%&'*+-/=?^_`{|}~, with single dots between them.";
        if (AsciiDomain(domain) is not { } ascii) return "The part of an e-mail address after the @ is not a domain name.";
        // RFC 5321 4.5.3.1 counts octets: 64 for the local part, 256 for the path with its angle brackets.
        var octets = System.Text.Encoding.UTF8.GetByteCount(local);
        return octets > 64 || octets + 1 + ascii.Length > 254 ? "The e-mail address is too long." : null;
    }

    private static bool IsLocalCharacter(char c) => char.IsAscii(c) ? HeaderRules.IsAtomText(c) : IsWordCharacter(c);

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Without ICU (InvariantGlobalization) IdnMapping neither lowers case nor composes accents, and would answer with the
    // punycode of another, non-existent domain. Case is lowered here; a decomposed accent, which could not be composed, is refused.
    private static string? AsciiDomain(string domain)
    {
        var lower = domain.ToLowerInvariant();
        if (!lower.All(c => c is '.' or '-' || IsWordCharacter(c)) || lower.Any(c => c is >= '\u0300' and <= '\u036f')) return null;
        try
        {
            var ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(lower);
            return ascii.EndsWith('.') ? null : ascii;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
