using System.IO.Compression;

namespace Dunning.Functions.Tests;

/// <summary>The hand-over file leaves a function as it leaves the embedded host.</summary>
public sealed class HandOverTests
{
    [Fact]
    public async Task The_file_is_streamed_with_every_message_that_left()
    {
        await using var azure = await AzureWorld.Begin();
        var path = await azure.Register();
        await azure.MoveTo("2026-12-01T10:00:00+01:00");
        var http = Answered.Request(azure.Services, "GET", $"{path}/hand-over-file", null);
        http.Request.RouteValues["id"] = path.Split('/')[^1];
        await azure.Hub.Trigger("getHandOverFile", http.Request);
        Assert.Equal((200, "application/zip"), (http.Response.StatusCode, http.Response.ContentType));
        using var zip = new ZipArchive(http.Response.Body);
        var names = zip.Entries.Select(e => e.FullName).ToList();
        Assert.Equal(["summary.pdf", "draft-request.pdf", "claim.json", "case.json", "timeline.json", "routes.json"], names.Take(6));
        Assert.Equal(azure.Sent.Messages.Count, names.Count(n => n.EndsWith(".eml", StringComparison.Ordinal) || n.EndsWith("sms.txt", StringComparison.Ordinal) || n.EndsWith("letter.pdf", StringComparison.Ordinal)));
        Assert.Equal("manifest.json", names[^1]);
        Assert.Equal("paymentOrder smallClaim", string.Join(' ', (await azure.Get($"{path}/recovery-routes")).Body!["routes"]!.AsArray().Where(r => (bool)r!["applies"]!).Select(r => (string)r!["procedure"]!).Take(2).Order(StringComparer.Ordinal)));
    }
}
