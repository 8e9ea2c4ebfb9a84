using System.Text.Json;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Upcoming;

namespace Dunning.Local;

public sealed record ClockView(DateTimeOffset Now, bool Test);

/// <summary>
/// A clock like a payment provider's test clock: it stands still between calls, and moving it runs everything due until then, in order. It is stored before it
/// is lived, so that a restart never finds cases ahead of their clock.
/// </summary>
public sealed class TestClock(DunningEngine engine, ICaseStore store, IDocuments documents, Runner runner, DeliveryRunner deliveries, TomorrowsPost notices, TimeProvider time) : IRoutes, IDisposable
{
    private const int Batch = 500;
    private readonly SemaphoreSlim _one = new(1);

    public IEnumerable<Operation> Operations =>
    [
        new("getClock", "GET", "/api/clock", Role.Read, "The time here", Get) { Group = "Clock", Response = typeof(ClockView) },
        new("moveClock", "POST", "/api/clock", Role.Admin, "Move the test clock", Move) { Group = "Clock", Response = typeof(ClockView), Example = new { to = "2026-12-01T09:00:00+01:00" } },
    ];

    /// <summary>The later of the start asked for and where the clock stood.</summary>
    public static async Task<DateTimeOffset> Start(DateTimeOffset asked, IDocuments documents)
    {
        var stored = await documents.Get("clock", "test", CancellationToken.None);
        return stored is null ? asked : JsonSerializer.Deserialize<DateTimeOffset>(stored.Json) is var at && at > asked ? at : asked;
    }

    /// <summary>Lives every instant until then at which something is due.</summary>
    public async Task MoveTo(DateTimeOffset to, CancellationToken ct)
    {
        var clock = (VirtualClock)time;
        await _one.WaitAsync(ct);
        try
        {
            await runner.Quiet(ct);
            while (true)
            {
                var due = await store.Due(clock.GetUtcNow(), Batch, ct);
                foreach (var id in due.Cases)
                    await engine.Run(id, ct);
                if (due.Cases.Count > 0)
                    continue;
                var (retry, notice) = (await deliveries.RunDue(ct), await notices.RunDue(ct));
                if (clock.GetUtcNow() >= to)
                    return;
                await Set(clock, new[] { due.NextWake, retry, notice, to }.Min()!.Value, ct);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task Set(VirtualClock clock, DateTimeOffset at, CancellationToken ct)
    {
        var stored = await documents.Get("clock", "test", ct);
        await documents.Put(new("clock", "test", null, JsonSerializer.Serialize(at), stored?.Version ?? 0), null, ct);
        clock.MoveTo(at);
    }

    public void Dispose() => _one.Dispose();

    private Task<Answer> Get(ApiRequest request) => Task.FromResult(Answer.Ok(new ClockView(time.GetUtcNow(), time is VirtualClock)));

    private async Task<Answer> Move(ApiRequest request)
    {
        if (time is not VirtualClock clock)
            return Answer.Conflict("noTestClock", "This host runs on the real time; start it with --clock to test.");
        if (request.Body.Instant("to", required: true) is not { } to)
            return Answer.Invalid(request.Body.Faults);
        if (to < clock.GetUtcNow())
            return Answer.Conflict("backwards", $"It is {clock.GetUtcNow():O} already; time does not go back.");
        if (to > clock.GetUtcNow().AddYears(10))
            return Answer.Unprocessable(new Fault("to", "tooFar", "must lie within ten years."));
        await MoveTo(to, request.Ct);
        return Answer.Ok(new ClockView(clock.GetUtcNow(), true));
    }
}
