using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Portal;

/// <summary>What a debtor says on their page, and what becomes of it.</summary>
public sealed class AnswerTests
{
    private static Dictionary<string, string> On(string date) => new() { ["date"] = date };

    [Fact]
    public async Task A_promise_is_shown_once_more_then_taken_then_said_to_be_noted()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        var before = await PageTests.Log(host, path);
        var asked = await visitor.Send("promise", On("2026-10-08"));
        Assert.Equal(200, asked.Status);
        Assert.Contains("Vous paierez 1\u202F200,00\u00A0€ au plus tard le 8 octobre 2026.", asked.Text, StringComparison.Ordinal);
        Assert.Equal(before, await PageTests.Log(host, path));
        var taken = await visitor.Confirm("promise", On("2026-10-08"));
        Assert.Equal((303, $"{visitor.Page}?noted=promise"), (taken.Status, taken.Location));
        Assert.Contains("Vous avez annoncé un paiement de 1\u202F200,00\u00A0€ au plus tard le 8 octobre 2026.", (await visitor.Get("?noted=promise")).Text, StringComparison.Ordinal);
        Assert.Equal("promised", (await host.Get(path))["status"]);
        var log = await host.Services.GetRequiredService<ICaseLists>().Log(path.Split('/')[^1], 0, int.MaxValue, default);
        Assert.Equal("debtor", Assert.Single(log, e => e.Logged.Event is Domain.CaseEvent.PromiseMade).Logged.By);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_fact()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        (string Act, Dictionary<string, string> Fields)[] all =
            [("promise", On("2026-10-08")), ("person", new() { ["name"] = "Anne" }), ("message", new() { ["text"] = "Bonjour" }), ("plan", new() { ["count"] = "3", ["first"] = "2026-10-15" }), ("problem", new() { ["code"] = "quality", ["amount"] = "200,00" })];
        foreach (var (act, fields) in all)
        {
            var both = await Task.WhenAll(visitor.Confirm(act, fields), visitor.Confirm(act, fields));
            Assert.All(both, r => Assert.Equal(303, r.Status));
            Assert.Equal(303, (await visitor.Confirm(act, fields)).Status);
        }
        var log = await host.Services.GetRequiredService<ICaseLists>().Log(path.Split('/')[^1], 0, int.MaxValue, default);
        Assert.Equal(all.Length, log.Count(e => e.Logged.Event.Id.StartsWith("debtor-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2026-10-12")]
    [InlineData("2026-09-30")]
    [InlineData("")]
    [InlineData("soon")]
    public async Task A_day_out_of_reach_is_named_beside_its_field(string date)
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        var before = await PageTests.Log(host, path);
        var refused = await visitor.Confirm("promise", On(date));
        Assert.Equal(422, refused.Status);
        Assert.Contains("id=\"date-fault\"", refused.Text, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, await PageTests.Log(host, path));
    }

    [Fact]
    public async Task After_a_formal_notice_no_promise_is_taken_but_a_plan_may_be_proposed()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        Assert.DoesNotContain("/promise", (await visitor.Get()).Text, StringComparison.Ordinal);
        var before = await PageTests.Log(host, path);
        Assert.Equal(303, (await visitor.Send("promise", new(On("2026-12-04")) { ["confirmed"] = "yes" })).Status);
        Assert.Equal(before, await PageTests.Log(host, path));
        Assert.Contains("/plan", (await visitor.Get()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_shows_its_dates_and_amounts_and_becomes_a_task()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        var plan = new Dictionary<string, string> { ["count"] = "3", ["first"] = "15/10/2026" };
        var shown = await visitor.Send("plan", plan);
        foreach (var said in (string[])["15 octobre 2026", "15 novembre 2026", "15 décembre 2026", "400,00\u00A0€"])
            Assert.Contains(said, shown.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.Confirm("plan", plan)).Status);
        Assert.Contains("2026-12-15: 400.00 EUR", (string?)(await host.Task(path, "planProposal"))["note"], StringComparison.Ordinal);
        // Proposed is not agreed: the ladder goes on, and a second proposal waits for the answer to the first.
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
        Assert.Contains("Nous regardons votre proposition", (await visitor.Get()).Text, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.Get("/plan")).Status);
    }

    [Theory]
    [InlineData("5", "2026-10-15", "count")]
    [InlineData("1", "2026-10-15", "count")]
    [InlineData("4", "2026-11-30", "first")]
    [InlineData("2", "2026-09-15", "first")]
    public async Task A_plan_beyond_the_policy_is_refused_beside_its_field(string count, string first, string field)
    {
        await using var host = await DebtorVisitor.Host();
        var refused = await (await DebtorVisitor.Of(host, await host.Register())).Confirm("plan", new() { ["count"] = count, ["first"] = first });
        Assert.Equal(422, refused.Status);
        Assert.Contains($"id=\"{field}-fault\"", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_dispute_is_taken_from_the_page_in_the_life_of_a_case()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        var problem = new Dictionary<string, string> { ["code"] = "quality", ["amount"] = "200,00", ["note"] = "Deux sacs\nabîmés" };
        Assert.Contains("abîmés", (await visitor.Send("problem", problem)).Text, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.Confirm("problem", problem)).Status);
        var view = await host.Get(path);
        Assert.Equal("200.00", view["disputedAmount"]);
        Assert.Contains("La marchandise ou la prestation ne convient pas", (await visitor.Get()).Text, StringComparison.Ordinal);
        Assert.Contains("1\u202F000,00\u00A0€", (await visitor.Get()).Text, StringComparison.Ordinal);
        var log = await host.Services.GetRequiredService<ICaseLists>().Log(path.Split('/')[^1], 0, int.MaxValue, default);
        var dispute = log.Single(e => e.Logged.Event is Domain.CaseEvent.DisputeOpened).Logged.Event.Id;
        Assert.Equal(202, (await host.Post($"{path}/disputes/{dispute}/resolve", new { outcome = "rejected" })).Status);
        var before = await PageTests.Log(host, path);
        Assert.DoesNotContain("/problem", (await visitor.Get()).Text, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.Confirm("problem", new() { ["code"] = "other" })).Status);
        Assert.Equal(before, await PageTests.Log(host, path));
    }

    [Theory]
    [InlineData("nonsense", "10", "code")]
    [InlineData("quality", "1200,01", "amount")]
    [InlineData("quality", "-5", "amount")]
    [InlineData("quality", "1.234", "amount")]
    public async Task A_problem_that_cannot_be_read_is_named_beside_its_field(string code, string amount, string field)
    {
        await using var host = await DebtorVisitor.Host();
        var refused = await (await DebtorVisitor.Of(host, await host.Register())).Confirm("problem", new() { ["code"] = code, ["amount"] = amount });
        Assert.Equal(422, refused.Status);
        Assert.Contains($"id=\"{field}-fault\"", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_person_is_a_word_to_the_operator_and_changes_no_address()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        var refused = await visitor.Send("person", new() { ["email"] = "no address" });
        Assert.Contains("id=\"email-fault\"", refused.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.Send("person", new() { ["name"] = "Anne Lenoir", ["email"] = "anne@elsewhere.example" })).Status);
        var note = (string?)(await host.Task(path, "reply"))["note"];
        Assert.Contains("anne@elsewhere.example", note, StringComparison.Ordinal);
        Assert.Equal("compta@example.org", (await host.Get(path))["debtor.email"]);
        Assert.Contains("Nous avons bien reçu votre message", (await visitor.Get("?noted=person")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_messages_wait_for_an_answer_and_no_fourth()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        foreach (var text in (string[])["un", "deux", "trois", "quatre"])
            Assert.Equal(303, (await visitor.Send("message", new() { ["text"] = text })).Status);
        Assert.Equal(3, (await host.Get($"/api/tasks?kind=reply&case={path.Split('/')[^1]}")).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_forged_form_is_refused_and_a_form_of_another_page_too()
    {
        await using var host = await DebtorVisitor.Host();
        var (mine, other) = (await host.Register(), await host.Register());
        var (visitor, stranger) = (await DebtorVisitor.Of(host, mine), await DebtorVisitor.Of(host, other));
        var theirs = await stranger.Token();
        var before = await PageTests.Log(host, mine);
        foreach (var form in (string[])["", "forged", theirs])
            Assert.Equal(403, (await visitor.Send("promise", new(On("2026-10-08")) { ["confirmed"] = "yes" }, form)).Status);
        Assert.Equal(403, (await visitor.Post("promise", [new("date", "2026-10-08")])).Status);
        Assert.Equal(403, (await host.Send("POST", $"{visitor.Page}/promise", "{}", null)).Status);
        Assert.Equal(before, await PageTests.Log(host, mine));
    }

    [Fact]
    public async Task A_debtor_reaches_no_other_invoice()
    {
        await using var host = await DebtorVisitor.Host();
        // No token can say this number by chance.
        var (mine, other) = (await host.Register(), await host.Register(i => i["number"] = "Autre facture 77"));
        var visitor = await DebtorVisitor.Of(host, mine);
        var before = await PageTests.Log(host, other);
        foreach (var below in (string[])[$"/{other.Split('/')[^1]}", $"/../{other.Split('/')[^1]}", $"?case={other.Split('/')[^1]}", $"/promise?id={other.Split('/')[^1]}"])
            Assert.DoesNotContain((string)(await host.Get(other)).Json["number"]!, (await visitor.Get(below)).Text, StringComparison.Ordinal);
        await visitor.Confirm("promise", new(On("2026-10-08")) { ["case"] = other.Split('/')[^1], ["id"] = other.Split('/')[^1] });
        Assert.Equal(before, await PageTests.Log(host, other));
    }

    [Fact]
    public async Task A_promise_may_be_moved_within_the_limits_and_not_back_and_forth()
    {
        await using var host = await DebtorVisitor.Host();
        var visitor = await DebtorVisitor.Of(host, await host.Register());
        foreach (var date in (string[])["2026-10-05", "2026-10-08"])
            Assert.Equal(303, (await visitor.Confirm("promise", On(date))).Status);
        Assert.Equal(422, (await visitor.Confirm("promise", On("2026-10-05"))).Status);
        Assert.Contains("8 octobre 2026", (await visitor.Get()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_was_turned_down_may_be_proposed_again_and_reaches_a_person()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        var plan = new Dictionary<string, string> { ["count"] = "3", ["first"] = "15/10/2026" };
        for (var times = 0; times < 3; times++)
        {
            var both = await Task.WhenAll(visitor.Confirm("plan", plan), visitor.Confirm("plan", plan));
            Assert.All(both, r => Assert.Equal(303, r.Status));
            var task = await host.Task(path, "planProposal");
            Assert.Equal(202, (await host.Post($"/api/tasks/{task["id"]}/done")).Status);
        }
    }
}
