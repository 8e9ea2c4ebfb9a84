using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Domain;
using Dunning.Functions.Senders;
using Dunning.Service.Api;
using Dunning.Service.Delivery;
using Dunning.StandIns;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests.Senders;

/// <summary>Letters: written once, named after what they say, opened by a link that lasts for minutes.</summary>
public sealed class LetterTests
{
    [Fact]
    public async Task A_letter_is_stored_under_the_hash_of_what_it_says()
    {
        await using var post = await Posted.Begin();
        var accepted = Assert.IsType<SendOutcome.Accepted>(await post.Send(post.Message(Channel.Letter) with { Registered = true }));
        Assert.Matches("^demo/case-1/first\\.1\\.[0-9a-f]{32}\\.pdf$", accepted.Reference);
        var blob = (await Letters(post).GetBlobClient(accepted.Reference).DownloadContentAsync()).Value;
        Assert.Equal(("%PDF-1.7 of a test", "application/pdf"), (blob.Content.ToString(), blob.Details.ContentType));
        Assert.Equal(("case-1", "first", "true", "2026-10-01"), (blob.Details.Metadata["case"], blob.Details.Metadata["step"], blob.Details.Metadata["registered"], blob.Details.Metadata["writtenOn"]));
        Assert.DoesNotContain("Martin", string.Join(' ', blob.Details.Metadata.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_letter_twice_is_one_and_another_text_another()
    {
        await using var post = await Posted.Begin();
        var first = await post.Send(post.Message(Channel.Letter));
        var etag = (await Stored(post)).Single().Properties.ETag;
        Assert.Equal(first, await post.Send(post.Message(Channel.Letter)));
        Assert.Equal(etag, (await Stored(post)).Single().Properties.ETag);
        Assert.NotEqual(first, await post.Send(post.Message(Channel.Letter) with { Pdf = "%PDF-1.7 of another"u8.ToArray() }));
        Assert.Equal(2, (await Stored(post)).Count);
    }

    [Theory]
    [InlineData(403, typeof(SendOutcome.TryAgain))]
    [InlineData(404, typeof(SendOutcome.TryAgain))]
    [InlineData(503, typeof(SendOutcome.TryAgain))]
    [InlineData(500, typeof(SendOutcome.Uncertain))]
    public async Task A_store_that_is_down_gets_the_letter_later(int status, Type outcome)
    {
        await using var post = await Posted.Begin();
        post.Blobs.Wire.Before = _ => throw Wire.Failure(status, "Code");
        Assert.IsType(outcome, await post.Send(post.Message(Channel.Letter)));
        post.Blobs.Wire.Before = null;
        Assert.Equal(TimeSpan.Zero, Assert.IsType<SendOutcome.TryAgain>(await post.Ask(post.Message(Channel.Letter))).After);
        Assert.IsType<SendOutcome.Accepted>(await post.Send(post.Message(Channel.Letter)));
    }

    [Fact]
    public async Task What_is_stored_is_the_letter_as_it_was_printed()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        await post.World.MoveTo("2026-12-02T10:00:00+01:00");
        var stored = (await Stored(post)).Single(b => b.Name.Contains("/formal-notice.1.", StringComparison.Ordinal));
        var blob = (await Letters(post).GetBlobClient(stored.Name).DownloadContentAsync()).Value;
        Assert.StartsWith("%PDF-1.7", blob.Content.ToString(), StringComparison.Ordinal);
        Assert.Equal(blob.Content.ToArray().Length, (int)(await post.World.Get($"{path}/messages/formal-notice/letter/1")).Body!["pdfBytes"]!);
    }

    [Fact]
    public async Task A_letter_whose_answer_was_lost_is_found_in_its_place_and_not_written_anew()
    {
        await using var post = await Posted.Begin();
        await post.World.Register();
        post.Blobs.Wire.After = call => call.Resource == LetterStore.Container && call.Operation == "Upload" ? throw Wire.Failure(500, "OperationTimedOut") : Task.CompletedTask;
        await post.World.MoveTo("2026-12-08T10:00:00+01:00");
        Assert.Single(await Stored(post));
    }

    [Fact]
    public async Task An_operator_gets_a_link_that_lasts_for_minutes_and_a_reader_does_not()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        await post.World.MoveTo("2026-12-02T10:00:00+01:00");
        post.Blobs.Clock = post.World.Clock;
        var link = await post.World.Get($"{path}/messages/formal-notice/letter/1/link");
        Assert.Equal(200, link.Status);
        Assert.Equal(post.World.Clock.GetUtcNow().AddMinutes(10), link.Body!["expiresAt"]!.GetValue<DateTimeOffset>());
        Assert.Contains("/letters/demo/", link["url"], StringComparison.Ordinal);
        Assert.Contains("sig=", link["url"], StringComparison.Ordinal);
        foreach (var other in new[] { "first/email/1", "formal-notice/letter/2", "formal-notice/letter/x", "nothing/letter/1" })
            Assert.Equal(404, (await post.World.Get($"{path}/messages/{other}/link")).Status);
        Assert.Equal(Role.Operator, post.World.Services.GetRequiredService<Routes>().All.Single(o => o.Name == "linkLetter").Role);
        Assert.Equal(404, (await post.World.Get("/api/invoices/nobody/messages/formal-notice/letter/1/link")).Status);
        post.Blobs.Wire.Before = call => call.Operation == "GetUserDelegationKey" ? throw Wire.Failure(403, "AuthorizationPermissionMismatch") : Task.CompletedTask;
        Assert.Equal(503, (await post.World.Get($"{path}/messages/formal-notice/letter/1/link")).Status);
    }

    [Fact]
    public async Task A_key_of_another_creditor_gets_no_link_and_learns_nothing()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        await post.World.MoveTo("2026-12-02T10:00:00+01:00");
        post.Blobs.Clock = post.World.Clock;
        Assert.Equal(201, (await post.World.Send("PUT", "/api/creditors/other", """{ "name": "Other" }""")).Status);
        var link = $"{path}/messages/formal-notice/letter/1/link";
        Assert.Equal(200, (await post.World.Call("GET", link, null, await post.World.NewKey("operator", "demo"))).Status);
        var others = await post.World.Call("GET", link, null, await post.World.NewKey("operator", "other"));
        var nobodys = await post.World.Call("GET", link.Replace(path, "/api/invoices/nobody", StringComparison.Ordinal), null, await post.World.NewKey("operator", "other"));
        Assert.Equal((404, "notFound"), (others.Status, others["code"]));
        Assert.Equal(nobodys.Body!["detail"]!.ToString(), others["detail"]);
    }

    private static BlobContainerClient Letters(Posted post) => post.World.Services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(LetterStore.Container);

    private static async Task<List<BlobItem>> Stored(Posted post)
    {
        var found = new List<BlobItem>();
        await foreach (var blob in Letters(post).GetBlobsAsync(new GetBlobsOptions()))
            found.Add(blob);
        return found;
    }
}
