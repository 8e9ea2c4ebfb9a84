using System.Net;
using Dunning.Service.Api;
using Dunning.Service.Delivery.Mail;
using Dunning.Service.Links;

namespace Dunning.Local;

/// <summary>
/// What the embedded host is told at start. Without an SMTP server, or without leave to use it, what would be sent is written to the outbox folder.
/// </summary>
public sealed record LocalOptions
{
    public string DataFolder { get; init; } = "data";

    public string Urls { get; init; } = "http://localhost:7071";

    /// <summary>The first admin key; made up and printed at first start when absent.</summary>
    public string? Key { get; init; }

    /// <summary>Where a test clock starts; null is the real time.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>DUNNING_SENDING: off, redirect:address, live; null is the outbox.</summary>
    public string? Sending { get; init; }

    /// <summary>DUNNING_SMTP: smtp://user:password@host:587.</summary>
    public string? Smtp { get; init; }

    public string? MailDomain { get; init; }

    /// <summary>Where payment providers are; null is where the environment says, or the usual addresses.</summary>
    public ProviderAddresses? Providers { get; init; }

    /// <summary>DUNNING_PUBLIC_URL: where providers, and debtors, reach this host.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>DUNNING_TWILIO_AUTH_TOKEN: signs what Twilio tells of every creditor, beside their own.</summary>
    public string? TwilioAuthToken { get; init; }

    /// <summary>DUNNING_WEBHOOKS=loopback: outgoing webhooks may go to this machine, by http too. For development only.</summary>
    public bool LoopbackWebhooks { get; init; }

    /// <summary>DUNNING_RETENTION: how long personal data is kept, such as "contact=730 webhooks=30", in days.</summary>
    public string? Retention { get; init; }

    public static LocalOptions FromEnvironment() => new()
    {
        Retention = Environment.GetEnvironmentVariable("DUNNING_RETENTION"),
        Key = Environment.GetEnvironmentVariable("DUNNING_KEY"),
        Sending = Environment.GetEnvironmentVariable("DUNNING_SENDING"),
        Smtp = Environment.GetEnvironmentVariable("DUNNING_SMTP"),
        MailDomain = Environment.GetEnvironmentVariable("DUNNING_MAIL_DOMAIN"),
        PublicUrl = Address(Environment.GetEnvironmentVariable("DUNNING_PUBLIC_URL")),
        TwilioAuthToken = Environment.GetEnvironmentVariable("DUNNING_TWILIO_AUTH_TOKEN"),
        LoopbackWebhooks = Environment.GetEnvironmentVariable("DUNNING_WEBHOOKS") == "loopback",
    };

    /// <exception cref="FormatException">It is not an address.</exception>
    private static Uri? Address(string? given) => given is null or "" ? null
        : Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address
        : throw new FormatException("DUNNING_PUBLIC_URL is not an address such as https://name.example.org.");

    /// <summary>The first key opens everything: where others can come to the door, it must not be one that is guessed.</summary>
    /// <exception cref="FormatException">It is too short, or an address cannot be read.</exception>
    public void JudgeKey()
    {
        if (Key is { Length: < KeyRing.LeastLength } && Clock is null && !IsOurs())
            throw new FormatException(
                $"The first key (--key, DUNNING_KEY) must be {KeyRing.LeastLength} characters or more where others can reach this host. Leave it out and one is made up, or listen on http://localhost alone.");
    }

    // Nobody but this machine: a public address says that something in front lets others in.
    private bool IsOurs() => PublicUrl is null or { IsLoopback: true } && Urls.Split(';').All(url => BindingAddress.Parse(url) is var at
        && (at.IsUnixPipe || at.IsNamedPipe || at.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(at.Host, out var ip) && IPAddress.IsLoopback(ip))));

    public bool IsOff => Sending == "off";

    public string? RedirectTo => Sending?.StartsWith("redirect:", StringComparison.Ordinal) == true ? Sending["redirect:".Length..] : null;

    /// <summary>Null when e-mail goes to the outbox.</summary>
    /// <exception cref="FormatException">The settings contradict each other or cannot be read.</exception>
    public SmtpServer? MailServer()
    {
        if (Sending is not (null or "off" or "live") && RedirectTo is null)
            throw new FormatException("DUNNING_SENDING must be off, live or redirect:address.");
        if (RedirectTo is { } address && Mailbox.Fault(address) is { } fault)
            throw new FormatException($"DUNNING_SENDING: {fault}");
        if (Sending is null or "off")
            return null;
        if (Smtp is null)
            throw new FormatException("DUNNING_SENDING asks for real e-mail: DUNNING_SMTP must name a server, such as smtp://user:password@host:587.");
        var server = SmtpServer.Parse(Smtp);
        // A server on this machine is how tests catch mail.
        var catches = server.Host == "localhost" || (IPAddress.TryParse(server.Host, out var ip) && IPAddress.IsLoopback(ip));
        return Clock is null || Sending != "live" || catches ? server
            : throw new FormatException("A test clock would send real reminders before their time: unset DUNNING_SENDING, or redirect it to your own address.");
    }
}
