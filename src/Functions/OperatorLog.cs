using Dunning.Domain;
using Microsoft.Extensions.Logging;

namespace Dunning.Functions;

/// <summary>
/// The lines that operators and their alerts read; infra/README.md lists them. Each begins with its name, then pairs without spaces in them, and says
/// nothing of who owes what.
/// </summary>
public sealed class OperatorLog(ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger("Dunning");

    /// <summary>What a sweep found and did; written by each, zeros included.</summary>
    public void Swept(Swept swept, string mode) => _log.LogInformation(
        "dunning.sweep signalled={Signalled} started={Started} failed={Failed} stuck={Stuck} setAside={SetAside} uncertain={Uncertain} inboxSeconds={InboxSeconds} sending={Sending}",
        swept.Signalled, swept.Started, swept.Failed, swept.Stuck, swept.SetAside, swept.Uncertain, swept.InboxSeconds, mode);

    /// <summary>Reason is the type of what was thrown: its message may quote anything.</summary>
    public void InstanceFailed(string caseId, string? reason) => _log.LogError("dunning.instance-failed case={Case} reason={Reason}", caseId, reason ?? "unknown");

    public void CaseStuck(string caseId, DateTimeOffset wakeUp) => _log.LogWarning("dunning.case-stuck case={Case} wakeUp={WakeUp:yyyy-MM-ddTHH:mm:ssZ}", caseId, wakeUp.UtcDateTime);

    public void MessageUncertain(MessageKey key) => _log.LogWarning("dunning.message-uncertain key={Key}", key.ToString());

    /// <summary>Codes are those of faults, never the values found.</summary>
    public void EventSetAside(string caseId, string @event, IEnumerable<string> codes) =>
        _log.LogWarning("dunning.event-set-aside case={Case} event={Event} reason={Reason}", caseId, @event, string.Join(',', codes));

    public void Throttled(string sender, TimeSpan wait) => _log.LogInformation("dunning.throttled sender={Sender} seconds={Seconds}", sender, (long)wait.TotalSeconds);

    /// <summary>The line of a program that does not start; it has no logs yet, so that it goes to its error output, which the Functions host reads.</summary>
    public static string StartRefused(MissingSettings missing) => $"dunning.start-refused missing={string.Join(',', missing.Names)}";
}

/// <summary>The figures of a sweep. SetAside counts the events of all logs that could not be read or applied; InboxSeconds is the age of the oldest fact nobody has read.</summary>
public sealed record Swept(int Signalled, int Started, int Failed, int Stuck, int SetAside, int Uncertain, long InboxSeconds);
