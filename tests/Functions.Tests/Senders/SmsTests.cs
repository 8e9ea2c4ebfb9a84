using System.Net.Http;
using Dunning.Domain;
using Dunning.Service.Delivery;

namespace Dunning.Functions.Tests.Senders;

/// <summary>SMS: the provider takes no key of ours, so that a doubt is never answered by sending again.</summary>
public sealed class SmsTests
{
    [Fact]
    public async Task A_message_goes_to_the_number_and_says_where_to_report()
    {
        await using var post = await Posted.Begin();
        Assert.Equal(new SendOutcome.Accepted("SM0"), await post.Send(post.Message(Channel.Sms)));
        var form = Assert.Single(post.Phone.Taken);
        Assert.Equal(("+33600000000", "+33700000000", "Bonjour, first."), (form["To"], form["From"], form["Body"]));
        Assert.Equal("https://dunning.example.org/api/webhooks/twilio/demo?key=case-1%2Ffirst%2Fsms%2F1", form["StatusCallback"]);
    }

    [Fact]
    public async Task A_public_address_with_a_path_keeps_it()
    {
        await using var post = await Posted.Begin(s => s["DUNNING_PUBLIC_URL"] = "https://gateway.example.org/dunning/");
        await post.Send(post.Message(Channel.Sms));
        Assert.StartsWith("https://gateway.example.org/dunning/api/webhooks/twilio/demo?", post.Phone.Taken[0]["StatusCallback"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 21211, typeof(SendOutcome.Refused))]
    [InlineData(400, 21610, typeof(SendOutcome.Refused))]
    [InlineData(400, 21408, typeof(SendOutcome.Refused))]
    [InlineData(401, 20003, typeof(SendOutcome.TryAgain))]
    [InlineData(403, 20003, typeof(SendOutcome.TryAgain))]
    [InlineData(404, 20404, typeof(SendOutcome.TryAgain))]
    [InlineData(408, 0, typeof(SendOutcome.Uncertain))]
    [InlineData(500, 20500, typeof(SendOutcome.Uncertain))]
    public async Task Each_answer_means_one_thing(int status, int code, Type outcome)
    {
        await using var post = await Posted.Begin();
        post.Phone.Before = _ => Phone.Refusal(status, code);
        Assert.IsType(outcome, await post.Send(post.Message(Channel.Sms)));
        Assert.Single(post.Phone.Asked);
    }

    [Fact]
    public async Task A_gateways_own_page_leaves_a_doubt_and_so_does_an_answer_that_cannot_be_read()
    {
        await using var post = await Posted.Begin();
        post.Phone.Before = _ => Phone.Answer(400, "<html>bad gateway</html>");
        Assert.IsType<SendOutcome.Uncertain>(await post.Send(post.Message(Channel.Sms)));
        post.Phone.Before = _ => Phone.Answer(201, "<html>fine</html>");
        Assert.IsType<SendOutcome.Uncertain>(await post.Send(post.Message(Channel.Sms)));
    }

    [Fact]
    public async Task A_provider_that_asks_for_patience_is_left_alone_for_a_minute()
    {
        await using var post = await Posted.Begin();
        post.Phone.Before = _ => Phone.Refusal(429, 20429);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.IsType<SendOutcome.TryAgain>(await post.Send(post.Message(Channel.Sms))).After);
        Assert.IsType<SendOutcome.TryAgain>(await post.Send(post.Message(Channel.Sms, "second")));
        Assert.Single(post.Phone.Asked);
        Assert.Contains("dunning.throttled sender=sms seconds=60", post.World.Log.Told);
        // E-mail has a provider of its own.
        Assert.IsType<SendOutcome.Accepted>(await post.Send(post.Message(Channel.Email)));
    }

    public static TheoryData<Exception, Type> Broken => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError), typeof(SendOutcome.TryAgain) },
        { new HttpRequestException(HttpRequestError.NameResolutionError), typeof(SendOutcome.TryAgain) },
        { new HttpRequestException(HttpRequestError.ResponseEnded), typeof(SendOutcome.Uncertain) },
        { new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout."), typeof(SendOutcome.Uncertain) },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task What_never_arrived_is_tried_again_and_what_may_have_is_in_doubt(Exception failure, Type outcome)
    {
        await using var post = await Posted.Begin();
        post.Phone.Before = _ => throw failure;
        Assert.IsType(outcome, await post.Send(post.Message(Channel.Sms)));
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_found_among_those_sent_to_the_number()
    {
        await using var post = await Posted.Begin();
        await post.World.Register();
        post.Phone.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded);
        await post.World.MoveTo("2026-11-17T10:00:00+01:00");
        Assert.Single(post.Phone.Taken);
        Assert.Contains(post.Phone.Asked, a => a.StartsWith("GET ", StringComparison.Ordinal) && a.Contains("To=%2B33600000000", StringComparison.Ordinal));
        Assert.Equal("accepted", await Status(post));
    }

    [Fact]
    public async Task A_message_that_is_not_found_is_not_believed_unsent()
    {
        await using var post = await Posted.Begin();
        await post.World.Register();
        post.Phone.Before = r => r.Method == HttpMethod.Post ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : null;
        await post.World.MoveTo("2026-11-16T10:00:00+01:00");
        post.Phone.Before = null;
        await post.World.MoveTo("2026-12-01T10:00:00+01:00");
        Assert.Empty(post.Phone.Taken);
        Assert.Equal("uncertain", await Status(post));
    }

    [Fact]
    public async Task A_message_found_failed_is_a_refusal_and_another_text_to_the_number_proves_nothing()
    {
        await using var post = await Posted.Begin();
        await post.Send(post.Message(Channel.Sms));
        Assert.Equal(new SendOutcome.Accepted("SM0"), await post.Ask(post.Message(Channel.Sms)));
        Assert.Null(await post.Ask(post.Message(Channel.Sms, "second")));
        post.Phone.Status = "failed";
        Assert.IsType<SendOutcome.Refused>(await post.Ask(post.Message(Channel.Sms)));
    }

    private static async Task<string?> Status(Posted post)
    {
        var listed = await post.World.Get("/api/invoices?creditor=demo");
        return (await post.World.Get($"/api/invoices/{listed.Body!["items"]![0]!["id"]}/messages/second/sms/1"))["status"];
    }
}
