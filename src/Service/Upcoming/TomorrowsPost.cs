using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Upcoming;

/// <summary>
/// Tells each creditor who asked for it, in the afternoon of a business day, what leaves on the next one. A row of the register is written before the e-mail leaves: a crash or a second machine never
/// makes it leave twice, and one that may have left is not sent again. While nothing is sent to debtors, nothing is told.
/// </summary>
public sealed class TomorrowsPost(
    UpcomingPost post, NoticeWriter writer, PolicyBook policies, Registry registry, SendingMode mode, IReadOnlyDictionary<Channel, IMessageSender> senders, TimeProvider clock, ILogger<TomorrowsPost> log)
{
    private const int Lines = 200;
    private const int Page = 500;
    private static readonly TimeSpan Doubt = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(1);

    /// <summary>Tells what is due by now, and returns when there is something next; null when nobody asked to be told.</summary>
    public async Task<DateTimeOffset?> RunDue(CancellationToken ct)
    {
        DateTimeOffset? next = null;
        string? after = null;
        IReadOnlyList<(string Id, NoticeSettings Value)> page;
        do
        {
            page = await registry.NoticeSettings.List(null, after, Page, ct);
            foreach (var settings in page.Select(p => p.Value).Where(s => s.Enabled))
                if (await Due(settings, ct) is { } at && (next is null || at < next))
                    next = at;
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Page);
        return next;
    }

    // One creditor's trouble must not keep the others from being told.
    private async Task<DateTimeOffset?> Due(NoticeSettings settings, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await registry.Creditors.Get(settings.Creditor, ct) is not { Value: var creditor } || (settings.To ?? creditor.Email) is not { } to)
            return null;
        var where = await CreditorDay.Of(creditor, policies, ct);
        var next = where.Next(now);
        if (where.ToldAt(where.Today(now)) is not { } at || at > now || await IsQuiet(creditor, ct))
            return next;
        try
        {
            return await Tell(creditor, to, where, now, ct) is { } again && again < next ? again : next;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            log.LogError(failure, "The notice of {Creditor} could not be made", creditor.Id);
            return next;
        }
    }

    private async Task<bool> IsQuiet(Creditor creditor, CancellationToken ct) =>
        mode.IsOff || creditor.TestMode || creditor.SendingStopped || await registry.Sending.Get(Switches.Global, ct) is { Value.Stopped: true };

    // When to come back to it before the next afternoon; null when it is settled.
    private async Task<DateTimeOffset?> Tell(Creditor creditor, string to, CreditorDay where, DateTimeOffset now, CancellationToken ct)
    {
        var today = where.Today(now);
        var (id, day) = (string.Create(CultureInfo.InvariantCulture, $"{creditor.Id}/{today:yyyy-MM-dd}"), where.NextBusinessDay(today));
        var kept = await registry.Notices.Get(id, ct);
        switch (kept?.Value)
        {
            case { State: "later", RetryAt: { } again } when again > now:
                return again;
            case { State: "sending", At: var since } when since + Doubt > now:
                return since + Doubt;
            case { State: "sending" } doubtful:
                var (row, version) = (doubtful, kept!.Version);
                if (await Asked(creditor, day, ct) is not SendOutcome.TryAgain and var known)
                    return await Keep(id, row, known ?? new SendOutcome.Uncertain("nobody can say"), version, now, ct);
                break;
            case null or { State: "later" }:
                break;
            default:
                return null;
        }
        var steps = await post.Of([creditor.Id], day, null, Lines, ct);
        var claim = new NoticeOfDay(creditor.Id, today, steps.Items.Count == 0 ? "nothing" : "sending", now);
        if (!await registry.Notices.Put(id, creditor.Id, claim, kept?.Version ?? 0, null, ct) || steps.Items.Count == 0)
            return null;
        var message = writer.Write(creditor, to, day, where, steps.Items, steps.NextCursor is not null, now);
        return await Keep(id, claim, await Send(message), (kept?.Version ?? 0) + 1, now, CancellationToken.None);
    }

    private async Task<SendOutcome> Send(OutgoingMessage message)
    {
        using var patience = new CancellationTokenSource(DunningEngine.SendTimeout);
        try
        {
            return await senders[Channel.Email].Send(message, patience.Token);
        }
        catch (Exception failure) when (failure is not StoreUnavailable)
        {
            return new SendOutcome.Uncertain(failure.GetType().Name);
        }
    }

    private Task<SendOutcome?> Asked(Creditor creditor, DateOnly day, CancellationToken ct) =>
        senders[Channel.Email].Ask(new(NoticeWriter.Key(creditor.Id, day), creditor.Id, "", null, null, "", clock.GetUtcNow()), ct);

    private async Task<DateTimeOffset?> Keep(string id, NoticeOfDay row, SendOutcome outcome, long version, DateTimeOffset now, CancellationToken ct)
    {
        row = outcome switch
        {
            SendOutcome.Accepted => row with { State = "sent" },
            SendOutcome.Refused => row with { State = "refused" },
            SendOutcome.TryAgain later => row with { State = "later", RetryAt = now + (later.After > LeastPause ? later.After : LeastPause) },
            _ => row with { State = "uncertain" },
        };
        if (row.State is "refused" or "uncertain")
            log.LogWarning("The notice of {Creditor} for {Day} is {State}", row.Creditor, row.Day, row.State);
        await registry.Notices.Put(id, row.Creditor, row, version, null, ct);
        return row.RetryAt;
    }
}
