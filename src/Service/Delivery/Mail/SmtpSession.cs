using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>One message over one connection (RFC 5321 3). Each step answers null to go on, or the outcome that ends it.</summary>
internal sealed class SmtpSession(SmtpServer server, SmtpWire wire)
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, string> _offers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// From here on a failure without an answer leaves the message in doubt. Set before the first byte of the final dot is handed to the
    /// system, never after: a byte that was handed over may have arrived whatever happens next.
    /// </summary>
    internal bool MayHaveBeenTaken { get; private set; }

    internal async Task<SendOutcome> Run(MailMessage message, byte[] content, CancellationToken cancel) =>
        await Greet(cancel) ?? await StartTls(cancel) ?? await LogIn(cancel)
        ?? await Envelope(message, content.Length, cancel) ?? await Content(message, content, cancel);

    /// <summary>A server that does not answer QUIT, or is gone, changes nothing about what it said before.</summary>
    internal async Task Quit(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LongestGoodbye);
        try
        {
            await wire.Command("QUIT", "QUIT", patience.Token);
        }
        catch (Exception)
        {
            // Whatever it is, even a bug: the outcome is known, and losing it would be worse.
        }
    }

    private async Task<SendOutcome?> Greet(CancellationToken cancel)
    {
        var greeting = await wire.Connect(cancel);
        // A server that will not serve at all (554) says nothing about the address.
        return greeting.Code == 220 ? await Hello(cancel) : SmtpDelivery.Later($"greeting: {greeting.Code} {greeting.Text}");
    }

    private async Task<SendOutcome?> Hello(CancellationToken cancel)
    {
        var reply = await wire.Command($"EHLO {server.HelloName ?? wire.AddressLiteral}", "EHLO", cancel);
        if (!reply.IsPositive) return SmtpDelivery.Later($"EHLO: {reply.Code} {reply.Text}");
        _offers.Clear();
        foreach (var line in reply.Lines.Skip(1))
        {
            var words = line.Split(' ', 2);
            _offers[words[0]] = words.Length > 1 ? words[1] : "";
        }

        return null;
    }

    private async Task<SendOutcome?> StartTls(CancellationToken cancel)
    {
        if (server.Security != SmtpSecurity.StartTls) return null;
        if (!_offers.ContainsKey("STARTTLS")) return SmtpDelivery.Later("STARTTLS: required by our settings and not offered; nothing was sent in clear");
        var reply = await wire.Command("STARTTLS", "STARTTLS", cancel);
        if (!reply.IsPositive) return SmtpDelivery.Later($"STARTTLS: {reply.Code} {reply.Text}");
        await wire.Encrypt(cancel);
        // What was offered in clear is forgotten (RFC 3207 4.2): anyone on the way could have written it.
        return await Hello(cancel);
    }

    private async Task<SendOutcome?> LogIn(CancellationToken cancel)
    {
        if (server is not { User: { } user, Password: { } password }) return null;
        if (!wire.IsEncrypted) return SmtpDelivery.Later("AUTH: a login is never sent in clear");
        var mechanisms = _offers.GetValueOrDefault("AUTH", "").Split(' ');
        if (mechanisms.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
            return Welcome(await wire.Command($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", "AUTH", cancel));
        if (!mechanisms.Contains("LOGIN", StringComparer.OrdinalIgnoreCase)) return SmtpDelivery.Later("AUTH: the server offers neither PLAIN nor LOGIN");
        var asked = await wire.Command("AUTH LOGIN", "AUTH", cancel);
        if (asked.Code == 334) asked = await wire.Command(Base64(user), "AUTH", cancel);
        return Welcome(asked.Code == 334 ? await wire.Command(Base64(password), "AUTH", cancel) : asked);
    }

    // The text of the answer stays out of the reason: it could repeat what was sent.
    private static SendOutcome.TryAgain? Welcome(SmtpReply reply) =>
        reply.IsPositive ? null : SmtpDelivery.Later($"AUTH: the server refused our login ({reply.Code})");

    private async Task<SendOutcome?> Envelope(MailMessage message, int size, CancellationToken cancel)
    {
        var options = _offers.ContainsKey("SIZE") ? $" SIZE={size}" : "";
        if (message.NeedsSmtpUtf8)
        {
            if (!_offers.ContainsKey("SMTPUTF8"))
                return new SendOutcome.Refused("An address has non-ASCII characters before the @, which this mail server cannot carry (no SMTPUTF8).");
            options += " BODY=8BITMIME SMTPUTF8";
        }

        var sender = await wire.Command($"MAIL FROM:<{message.From.WireAddress}>{options}", "MAIL FROM", cancel);
        if (!sender.IsPositive) return sender.Refusal("MAIL FROM");
        var recipient = await wire.Command($"RCPT TO:<{message.To.WireAddress}>", "RCPT TO", cancel);
        return recipient.IsPositive ? null : recipient.Refusal("RCPT TO");
    }

    private async Task<SendOutcome> Content(MailMessage message, byte[] content, CancellationToken cancel)
    {
        var goAhead = await wire.Command("DATA", "DATA", cancel);
        if (goAhead.Code != 354) return goAhead.Refusal("DATA");
        await wire.Content(content, cancel);
        cancel.ThrowIfCancellationRequested();
        MayHaveBeenTaken = true;
        var answer = await wire.FinalDot(cancel);
        return answer switch
        {
            { IsPositive: true } => new SendOutcome.Accepted(answer.Text.Length > 0 ? answer.Text : message.MessageId),
            { Code: >= 400 } => answer.Refusal("content"),
            _ => new SendOutcome.Uncertain($"final answer: {answer.Code} {answer.Text}"),
        };
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
