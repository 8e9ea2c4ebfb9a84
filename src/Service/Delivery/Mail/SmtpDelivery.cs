using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Dunning.Service.Delivery.Mail;

/// <summary>
/// Hands e-mails to one SMTP server, one message per connection. Bad news is an outcome, never an exception: until the final dot begins
/// to leave, every failure is <see cref="SendOutcome.TryAgain"/>; from then on, only an answer of the server settles it, and without one
/// the outcome is <see cref="SendOutcome.Uncertain"/>.
/// </summary>
public sealed class SmtpDelivery(SmtpServer server)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(15);

    public async Task<SendOutcome> Send(MailMessage message, CancellationToken cancel)
    {
        var content = MimeWriter.Write(message);
        await using var wire = new SmtpWire(server);
        var session = new SmtpSession(server, wire);
        try
        {
            var outcome = await session.Run(message, content, cancel);
            await session.Quit(cancel);
            return outcome;
        }
        // Once in doubt even a bug of ours is an uncertain message: an exception would not say that much.
        catch (Exception e) when (IsTrouble(e) || session.MayHaveBeenTaken)
        {
            var reason = $"{wire.Doing} at {server.Host}:{server.Port}: {Why(e)}";
            return session.MayHaveBeenTaken ? new SendOutcome.Uncertain(reason) : Later(reason);
        }
    }

    internal static SendOutcome.TryAgain Later(string reason) => new(RetryAfter, reason);

    /// <summary>What a network, a server or a certificate can do to us; anything else is a bug and is thrown.</summary>
    internal static bool IsTrouble(Exception e) => e is IOException or SocketException or TimeoutException or OperationCanceledException
        or AuthenticationException or InvalidDataException or CryptographicException or UnauthorizedAccessException;

    private static string Why(Exception e) => e is OperationCanceledException ? "stopped by us" : HeaderRules.Clean(e.Message);
}
