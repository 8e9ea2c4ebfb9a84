using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Simulation;

namespace Dunning.Functions.Tests.Parity;

/// <summary>Stories nobody thought of, by seed, lived by both hosts alike: every answer, every view, every message, to the last byte.</summary>
public sealed class RandomParityTests(ITestOutputHelper output)
{
    private const ulong Stories = 60;

    /// <summary>DUNNING_SEEDS=from..to lives those instead; one seed alone lives exactly as it did among others.</summary>
    [Fact]
    public async Task Both_hosts_live_random_stories_alike()
    {
        var (from, to) = Seeds.Asked() ?? (1, Stories);
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        await using var hosts = await BothHosts.Begin();
        var stories = Enumerable.Range(0, (int)(to - from) + 1).Select(n => new Life(new(from + (ulong)n), hosts, tally)).ToList();
        foreach (var (life, at, invoice) in stories.SelectMany(s => s.Story.Plan.Select(p => (s, p.At, p.Invoice))).OrderBy(p => p.At))
        {
            await hosts.MoveTo(at);
            await life.Go(invoice, at);
        }
        await hosts.MoveTo(RandomStory.End);
        foreach (var life in stories)
            await life.Compare();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeds {from}..{to} in {watch.Elapsed.TotalSeconds:F1} s: {tally}"));
        if (to - from + 1 >= Stories)
            Assert.All(Acts.All, kind => Assert.True(tally[$"{kind} 202"] > 0, $"No {kind} was ever taken."));
    }

    /// <summary>The cases of one story on both hosts.</summary>
    private sealed class Life(RandomStory story, BothHosts hosts, Tally tally)
    {
        private readonly Dictionary<int, string> _cases = [];

        public RandomStory Story => story;

        public async Task Go(int invoice, DateTimeOffset now)
        {
            if (!_cases.TryGetValue(invoice, out var path))
            {
                var registered = await Ask("registration", "/api/invoices", story.Invoices[invoice]);
                if (registered.Location is { } location)
                    _cases[invoice] = location;
                if (story.Seed % 5 == 0)
                    await Ask("registration again", "/api/invoices", story.Invoices[invoice]);
                return;
            }
            var act = story.Next((await hosts.Get(path, story)).Body!, now);
            await Ask(act.Kind, act.Path, act.Body);
        }

        public async Task Compare()
        {
            await hosts.Get($"/api/debtors/{story.DebtorId}?creditor=demo", story);
            foreach (var path in _cases.Values)
            {
                var shown = (await hosts.Get(path, story)).Body!;
                tally.Count("cases");
                tally.Count($"at the end {shown["status"]}");
                foreach (var key in shown["steps"]!.AsArray().SelectMany(s => s!["messages"]!.AsArray()).Select(m => m!["key"]!.ToString()))
                {
                    await hosts.Get($"{path}/messages/{key.Split('/', 2)[1]}", story);
                    tally.Count("messages");
                }
            }
        }

        private async Task<Answered> Ask(string kind, string path, JsonObject body)
        {
            var answered = await hosts.Post(path, body.ToJsonString(), story);
            tally.Count($"{kind} {answered.Status}");
            return answered;
        }
    }
}
