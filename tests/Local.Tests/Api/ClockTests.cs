using Dunning.Domain;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>The test clock and the start of the host.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task The_clock_stands_still_goes_forward_and_never_back()
    {
        await using var host = await TestHost.Run();
        Assert.Equal(("2026-10-01T08:00:00+00:00", "true"), ((await host.Get("/api/clock"))["now"], (await host.Get("/api/clock"))["test"]));
        await host.MoveTo("2026-10-02T10:00:00+02:00");
        var back = await host.Post("/api/clock", new { to = "2026-10-02T09:59:59+02:00" });
        Assert.Equal((409, "backwards"), (back.Status, back.Code));
        Assert.Equal(200, (await host.Post("/api/clock", new { to = "2026-10-02T08:00:00Z" })).Status);
        foreach (var to in new object?[] { null, 5, "tomorrow", "2026-10-05", "2026-10-05T10:00:00", "9999-12-31T00:00:00Z" })
            Assert.Equal((400, "to"), ((await host.Post("/api/clock", new { to })) is var wrong ? (wrong.Status, wrong.Fields.Single()) : default));
        Assert.Equal(422, (await host.Post("/api/clock", new { to = "2037-10-05T10:00:00Z" })).Status);
        Assert.Equal(403, (await host.Post("/api/clock", new { to = "2026-10-05T10:00:00Z" }, await host.NewKey("operator"))).Status);
    }

    [Fact]
    public async Task A_restart_takes_the_later_clock_and_forgets_nothing()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-09T09:00:00+01:00");
        await host.Restart();
        Assert.Equal("2026-11-09T08:00:00+00:00", (await host.Get("/api/clock"))["now"]);
        Assert.Equal(2, (await host.Sent(path)).Length);
        await host.Restart(host.Options with { Clock = TestHost.Start.AddYears(1) });
        await host.MoveTo("2027-10-01T10:00:00+02:00");
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email", "2027-10-01 second email", "2027-10-01 second sms"], await host.Sent(path));
    }

    [Fact]
    public async Task Without_a_test_clock_time_is_not_ours_to_move()
    {
        await using var host = await TestHost.Run(o => o with { Clock = null });
        Assert.Equal("false", (await host.Get("/api/clock"))["test"]);
        var refused = await host.Post("/api/clock", new { to = "2030-10-05T10:00:00Z" });
        Assert.Equal((409, "noTestClock"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_test_clock_never_sends_real_mail()
    {
        var refused = await Assert.ThrowsAsync<FormatException>(() => TestHost.Run(o => o with { Sending = "live", Smtp = "smtp://mail.example.org" }));
        Assert.Contains("test clock", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_racing_the_clock_either_stops_the_reminder_or_comes_after_it()
    {
        await using var host = await TestHost.Run();
        var paths = new List<string>();
        for (var n = 0; n < 20; n++)
            paths.Add(await host.Register());
        var moving = host.MoveTo("2026-11-09T09:00:00+01:00");
        var paid = paths.Select((p, n) => Task.Run(() => host.Post($"{p}/payments", new { id = $"race-{n}", amount = 1200m }))).ToList();
        await moving;
        Assert.All(await Task.WhenAll(paid), r => Assert.Equal(202, r.Status));
        foreach (var path in paths)
        {
            // The claim is the last look: none comes after the payment, though a message claimed before it may be accepted after.
            var log = await host.Services.GetRequiredService<ICaseLists>().Log(path.Split('/')[^1], 0, 100, TestContext.Current.CancellationToken);
            var story = log.Select(e => e.Logged.Event.GetType().Name).ToList();
            var payment = story.IndexOf(nameof(CaseEvent.PaymentReceived));
            Assert.True(payment >= 0 && !story.Skip(payment).Contains(nameof(CaseEvent.MessageClaimed)), string.Join(' ', story));
        }
    }
}
