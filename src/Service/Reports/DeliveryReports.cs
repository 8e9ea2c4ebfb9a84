using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Reports;

/// <summary>
/// What carriers report of messages they took, on every host. A report may come twice, late, or before our own record of the sending. What cannot be understood
/// will not be understood later either: it is logged and done with. Only a store that does not answer is worth another attempt of the carrier's.
/// </summary>
public sealed class DeliveryReports(Acknowledger acknowledger, SentMessages sent, Carried carried, ILogger<DeliveryReports> log)
{
    /// <param name="creditor">Whose reports come through this door; null where it is every creditor's.</param>
    /// <returns>Whether it says something of a message of ours.</returns>
    public async Task<bool> Hear(EmailReport? report, string? creditor, CancellationToken ct)
    {
        if (report is null)
        {
            log.LogWarning("DeliveryReportUnreadable");
            return false;
        }
        if (await carried.Find(report.Operation, ct) is { } message)
            return await Hear(DeliveryReport.Of(message, report.Status, null, report.Recipient, "email-delivery"), creditor, ct, report.MessageId);
        log.LogWarning("DeliveryReportUnknown {Operation}", Plain(report.Operation));
        return false;
    }

    /// <param name="thread">The Message-ID the carrier gave the message: its answers will name it.</param>
    public async Task<bool> Hear(DeliveryReport report, string? creditor, CancellationToken ct, string? thread = null)
    {
        if (await sent.Find(report.Message, ct) is not { } message || (creditor is not null && message.Creditor != creditor))
        {
            log.LogWarning("DeliveryReportUnknown {Message}", Plain(report.Message));
            return false;
        }
        if (thread is not null)
            await carried.RememberThread(thread, message, ct);
        // A redirected message goes to our own mailbox, one to a list to its members: neither says anything of the debtor's address.
        if (report.Recipient is { } recipient && !string.Equals(message.To, recipient, StringComparison.OrdinalIgnoreCase))
        {
            log.LogWarning("DeliveryReportOfAnotherAddress {Message}", message.Identity);
            return false;
        }
        // What became of a joined message became of all its rows, but those that left it since.
        foreach (var row in message.Keys)
            if (Fact(row, message, report) is { } fact)
                await acknowledger.Tell(row.Case, fact, report.By, ct, folded => SentMessages.IsIn(folded.File, row, message));
        return true;
    }

    // The id makes the same report, told again, the same fact; what was told of a row in another message is another.
    private static CaseEvent? Fact(MessageKey row, OutgoingMessage message, DeliveryReport report)
    {
        var told = $"report:{row}{(message.Joint is { } joint ? Joint.Read(joint.Id).Mark : "")}";
        return report.Fate switch
        {
            Fate.Delivered => new CaseEvent.MessageDelivered(row) { Id = $"{told}:delivered" },
            Fate.Lost => new CaseEvent.MessageBounced(row, report.Reason) { Id = $"{told}:lost" },
            _ => null,
        };
    }

    // Whoever writes an id writes it into our log.
    private static string Plain(string told) => new([.. told.Take(120).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
