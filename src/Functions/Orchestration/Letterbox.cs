using System.Text.Json;
using Microsoft.DurableTask;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// The events a case listens to: the signal that something is in its inbox, and those that standard Durable tools raise by name. One waiter for each
/// name, never cancelled and armed again as soon as it is read: a cancelled waiter would swallow the next event.
/// </summary>
internal sealed class Letterbox
{
    public const string CaseSignal = nameof(CaseSignal);

    public static readonly IReadOnlyList<string> Names =
        [CaseSignal, .. FactSink.Events];

    private readonly TaskOrchestrationContext _context;
    private readonly Task<JsonElement?>[] _waiters;

    public Letterbox(TaskOrchestrationContext context)
    {
        _context = context;
        _waiters = [.. Names.Select(Arm)];
    }

    public bool HasMail => _waiters.Any(w => w.IsCompleted);

    /// <summary>Everything that has arrived.</summary>
    public IReadOnlyList<Told> Take()
    {
        var told = new List<Told>();
        for (var i = 0; i < _waiters.Length; i++)
            while (_waiters[i] is { IsCompleted: true } arrived)
            {
                _waiters[i] = Arm(Names[i]);
                told.Add(new(Names[i], Text(arrived)));
            }
        return told;
    }

    /// <summary>Until an event arrives or the instant comes; UTC; null waits for an event alone.</summary>
    public async Task Wait(DateTime? until)
    {
        if (until is not { } at)
        {
            await Task.WhenAny(_waiters);
            return;
        }
        using var mail = new CancellationTokenSource();
        var timer = _context.CreateTimer(at, mail.Token);
        if (await Task.WhenAny([timer, .. _waiters]) != timer)
            Cancel(mail);
    }

    // Here and now, on the orchestrator's own thread: an orchestrator may await nothing that is not durable.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private Task<JsonElement?> Arm(string name) => _context.WaitForExternalEvent<JsonElement?>(name);

    private static string Text(Task<JsonElement?> arrived) =>
        arrived is { IsCompletedSuccessfully: true, Result: { } payload } ? payload.GetRawText() : "null";
}
