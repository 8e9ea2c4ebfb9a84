using System.Reflection;
using Dunning.Functions.Orchestration;
using Dunning.Service.Claims;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Upcoming;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>Telling creditors what leaves tomorrow: never twice, whatever becomes of the e-mail.</summary>
public sealed class NoticeTests
{
    [Fact]
    public async Task Two_machines_at_once_tell_a_creditor_once()
    {
        await using var azure = await Waiting();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new NoticeTimer(azure.Services.GetRequiredService<TomorrowsPost>()).Run(new(), default)));
        await Run(azure);
        var notice = Assert.Single(Notices(azure));
        Assert.Contains("https://dunning.example.org/c/", notice.Body, StringComparison.Ordinal);
        Assert.Contains("Envois", notice.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_surely_not_taken_is_sent_later()
    {
        await using var azure = await Waiting();
        azure.Sent.Next.Enqueue(_ => new SendOutcome.TryAgain(TimeSpan.FromMinutes(30), "busy"));
        await Run(azure);
        await Run(azure);
        Assert.Single(Notices(azure));
        azure.Clock.MoveTo(azure.Clock.GetUtcNow().AddMinutes(31));
        await Run(azure);
        await Run(azure);
        Assert.Equal(2, Notices(azure).Count);
    }

    [Fact]
    public async Task One_nobody_can_speak_of_is_not_sent_again()
    {
        await using var azure = await Waiting();
        azure.Sent.Next.Enqueue(_ => throw new InvalidOperationException("the line broke"));
        await Run(azure);
        azure.Clock.MoveTo(azure.Clock.GetUtcNow().AddHours(1));
        await Run(azure);
        Assert.Single(Notices(azure));
    }

    [Theory]
    [InlineData("taken", 1), InlineData("unknown", 1), InlineData("lost", 2)]
    public async Task One_whose_machine_died_is_asked_after_and_leaves_again_only_when_it_was_surely_not_taken(string fate, int times)
    {
        await using var azure = await Waiting();
        azure.Sent.Next.Enqueue(_ => throw new StoreUnavailable("the machine is gone"));
        await Assert.ThrowsAsync<StoreUnavailable>(() => Run(azure));
        await Run(azure);
        var left = Notices(azure).Count;
        if (fate == "lost")
            azure.Sent.Messages.Clear();
        azure.Sent.Remembers = fate != "unknown";
        azure.Clock.MoveTo(azure.Clock.GetUtcNow().AddMinutes(11));
        await Run(azure);
        azure.Clock.MoveTo(azure.Clock.GetUtcNow().AddMinutes(2));
        await Run(azure);
        Assert.Equal((1, times), (left, Notices(azure).Count + (fate == "lost" ? left : 0)));
    }

    [Fact]
    public async Task Whoever_looked_at_the_same_moment_and_wrote_second_sends_nothing()
    {
        await using var azure = await Waiting();
        var lists = DispatchProxy.Create<ICaseLists, Slow>();
        ((Slow)(object)lists).Begin(azure.Services.GetRequiredService<ICaseLists>(), () => Run(azure));
        var upcoming = new UpcomingPost(lists, azure.Services.GetRequiredService<IPolicyBook>(), azure.Services.GetRequiredService<RateBook>());
        await ActivatorUtilities.CreateInstance<TomorrowsPost>(azure.Services, upcoming).RunDue(default);
        Assert.Single(Notices(azure));
    }

    /// <summary>Reads what is foreseen so slowly that another machine does all of its work meanwhile.</summary>
    public class Slow : DispatchProxy
    {
        private ICaseLists _lists = null!;
        private Func<Task> _meanwhile = null!;

        public void Begin(ICaseLists lists, Func<Task> meanwhile) => (_lists, _meanwhile) = (lists, meanwhile);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ICaseLists.Foreseen))
                Task.Run(_meanwhile).GetAwaiter().GetResult();
            return targetMethod.Invoke(_lists, args);
        }
    }

    [Fact]
    public async Task What_is_foreseen_is_listed_page_by_page_without_an_index_of_it()
    {
        await using var azure = await AzureWorld.Begin();
        var paths = new List<string>();
        for (var i = 0; i < 5; i++)
            paths.Add((await azure.Register()).Split('/')[^1]);
        await azure.MoveTo("2026-10-27T12:00:00+01:00");
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await azure.Get($"/api/upcoming?creditor=demo&date=2026-10-28&limit=2{cursor}");
            Assert.Equal(200, page.Status);
            seen.AddRange(page.Body!["items"]!.AsArray().Select(i => (string)i!["caseId"]!));
            cursor = page["nextCursor"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(paths.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Equal("q", (string?)(await azure.Get("/api/invoices?q=martin")).Body!["faults"]![0]!["field"]);
        Assert.Equal(400, (await azure.Get("/api/invoices?sort=-risk")).Status);
        Assert.Equal("5", (await azure.Get("/api/invoices/count?open=true"))["count"]);
        Assert.Equal(200, (await azure.Get("/api/tasks/count")).Status);
    }

    private static async Task<AzureWorld> Waiting()
    {
        var azure = await AzureWorld.Begin(settled: s => s["DUNNING_PORTAL_KEY"] = "a-secret-of-the-installation-of-tests");
        await azure.Register();
        Assert.Equal(200, (await azure.Send("PUT", "/api/creditors/demo/notice", """{ "enabled": true, "to": "boss@example.org" }""")).Status);
        await azure.MoveTo("2026-10-27T16:01:00+01:00");
        return azure;
    }

    private static Task<DateTimeOffset?> Run(AzureWorld azure) => azure.Services.GetRequiredService<TomorrowsPost>().RunDue(default);

    private static List<OutgoingMessage> Notices(AzureWorld azure) => [.. azure.Sent.Messages.Where(m => m.Key.Case.StartsWith("notice~", StringComparison.Ordinal))];
}
