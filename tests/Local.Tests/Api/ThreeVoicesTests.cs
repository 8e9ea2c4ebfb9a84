using Dunning.BankSamples;

namespace Dunning.Local.Tests.Api;

/// <summary>The same money told by the platform, by the provider and by the bank reduces the balance once, whoever tells first, and however often (P9, P11).</summary>
public sealed class ThreeVoicesTests
{
    private enum Voice
    {
        Platform,
        Provider,
        Bank,
    }

    [Fact]
    public async Task Told_by_all_three_in_any_order_it_counts_once_and_a_person_is_asked_about_the_others()
    {
        await using var host = await Webhooks.Host();
        foreach (var (order, i) in Orders().Select((o, i) => (o, i)))
        {
            var number = $"F-2026-{i:d4}";
            var path = await StatementTests.Register(host, number, 1200m);
            foreach (var voice in order.Concat(order))
                await Tell(host, voice, number, path, i);
            var found = await host.Get(path);
            Assert.True((found["balance"], found["status"]) == ("800.00", "scheduled"), $"{string.Join(", ", order)}: {found["balance"]} {found["status"]}");
            var tasks = (await host.Get($"/api/tasks?kind=possibleDuplicate&case={StatementTests.CaseOf(path)}")).Json["items"]!.AsArray();
            Assert.True(tasks.Count == 2, $"{string.Join(", ", order)}: {tasks.Count} tasks");
        }
    }

    private static async Task Tell(TestHost host, Voice voice, string number, string path, int i)
    {
        switch (voice)
        {
            case Voice.Platform:
                Assert.Equal(202, (await host.Post($"{path}/payments", new { id = $"p-{number}", amount = 400m, date = "2026-09-20", source = "platform" })).Status);
                break;
            case Voice.Provider:
                Assert.Equal(200, (await host.Stripe(Webhooks.Succeeded(number, 40_000, $"pi_{number}", $"evt_{number}"))).Status);
                break;
            case Voice.Bank:
                var line = (await StatementTests.Take(host, Camt.Statement(8, [CamtEntry.Of(400m, new() { Text = [number] }, $"BNK{i}") with { Booked = "2026-09-22", Valued = "2026-09-22" }], $"S{i}", asOf: "2026-09-22")))[0];
                Assert.Contains((string)line["result"]!, (string[])["applied", "duplicate"]);
                break;
        }
    }

    private static IEnumerable<Voice[]> Orders() =>
        from a in Enum.GetValues<Voice>()
        from b in Enum.GetValues<Voice>()
        from c in Enum.GetValues<Voice>()
        where a != b && b != c && a != c
        select (Voice[])[a, b, c];
}
