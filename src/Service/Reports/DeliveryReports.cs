using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Reports;

/// <summary>
/// What carriers report of messages they took, on every host. A report may come twice, late, or before our own record of the sending. What cannot be understood
/// will not be understood later either: it is logged and done with. Only a store that does not answer is worth another attempt of the carrier's.
/// </summary>
public sealed class DeliveryReports(Acknowledger acknowledger, ICaseStore store, Carried carried, ILogger<DeliveryReports> log)
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
        if (await carried.Find(report.Operation, ct) is { } key)
            return await Hear(DeliveryReport.Of(key, report.Status, null, report.Recipient, "email-delivery"), creditor, ct, report.MessageId);
        log.LogWarning("DeliveryReportUnknown {Operation}", Plain(report.Operation));
        return false;
    }

    /// <param name="thread">The Message-ID the carrier gave the message: its answers will name it.</param>
    public async Task<bool> Hear(DeliveryReport report, string? creditor, CancellationToken ct, string? thread = null)
    {
        var key = report.Key;
        if (await store.FindMessage(key, ct) is not { } message || (creditor is not null && message.Creditor != creditor))
        {
            log.LogWarning("DeliveryReportUnknown {Key}", Plain(key.ToString()));
            return false;
        }
        if (thread is not null)
            await carried.RememberThread(thread, message, ct);
        // A redirected message goes to our own mailbox, one to a list to its members: neither says anything of the debtor's address.
        if (report.Recipient is { } recipient && !string.Equals(message.To, recipient, StringComparison.OrdinalIgnoreCase))
        {
            log.LogWarning("DeliveryReportOfAnotherAddress {Key}", key);
            return false;
        }
        // What became of a joined message became of all its rows. The id makes the same report, told again, the same fact.
        foreach (var row in message.Keys)
            switch (report.Fate)
            {
                case Fate.Delivered:
                    await acknowledger.Tell(row.Case, new CaseEvent.MessageDelivered(row) { Id = $"report:{row}:delivered" }, report.By, ct);
                    break;
                case Fate.Lost:
                    await acknowledger.Tell(row.Case, new CaseEvent.MessageBounced(row, report.Reason) { Id = $"report:{row}:lost" }, report.By, ct);
                    break;
            }
        return true;
    }

    // Whoever writes an id writes it into our log.
    private static string Plain(string told) => new([.. told.Take(120).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
