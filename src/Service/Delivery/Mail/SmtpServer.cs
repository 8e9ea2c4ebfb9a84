namespace Dunning.Service.Delivery.Mail;

/// <summary>How the connection is protected. Certificates are always checked: issuer, dates and host name.</summary>
public enum SmtpSecurity
{
    /// <summary>Clear text, for a relay on the same machine or network. No login is ever sent this way.</summary>
    None,

    /// <summary>Starts in clear and must change to TLS before anything is said; without that offer nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}

/// <summary>The mail server that takes our messages, and how to reach it.</summary>
public sealed record SmtpServer(string Host, int Port)
{
    public string? User { get; init; }

    public string? Password { get; init; }

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>How long each step may take: connecting, TLS, each command, each block of content.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long to wait for the answer to a complete message. Longer than the rest on purpose: giving up here leaves a message of
    /// which nobody knows whether it left. RFC 5321 4.5.3.2.6 asks for ten minutes; a hosted function may not live that long.
    /// </summary>
    public TimeSpan FinalReplyTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>A PEM file of the authorities to trust instead of the machine's own, for a relay with a private certificate.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The name given in EHLO; without one, the address of our end of the connection.</summary>
    public string? HelloName { get; init; }

    /// <inheritdoc cref="SmtpServerUrl.Parse"/>
    public static SmtpServer Parse(string url) => SmtpServerUrl.Parse(url);

    /// <summary>For logs: everything but the password.</summary>
    public override string ToString() => $"{Host}:{Port} ({Security}{(User is null ? "" : $", as {User}")})";
}
