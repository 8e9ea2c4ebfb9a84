namespace Dunning.Functions.Tests.Orchestration;

/// <summary>The stop switch, and cases that are not there to be told when it is let go.</summary>
public sealed class SwitchTests
{
    [Fact]
    public async Task A_case_that_was_paid_when_sending_resumed_speaks_again_once_the_payment_is_reversed()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await Sending(world, stopped: true);
        await world.MoveTo("2026-10-29T10:00:00+01:00");
        Assert.Equal("sendingStopped", (await world.Get(path))["next.waitingFor"]);
        await world.Post($"{path}/payments", new { id = "p1", amount = 1200.00m });
        await Sending(world, stopped: false);
        await world.Post($"{path}/reversals", new { id = "r1", paymentId = "p1" });
        await world.MoveTo("2026-10-30T10:00:00+01:00");
        Assert.Equal(["courtesy"], world.Sent.Messages.Select(m => m.Key.Step));
    }

    private static async Task Sending(AzureWorld world, bool stopped) =>
        Assert.Equal(200, (await world.Send("PUT", "/api/creditors/demo/sending", $$"""{ "stopped": {{(stopped ? "true" : "false")}} }""")).Status);
}
