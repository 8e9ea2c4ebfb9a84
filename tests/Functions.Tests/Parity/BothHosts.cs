using System.Text.Json.Nodes;

namespace Dunning.Functions.Tests.Parity;

/// <summary>The Azure host and the embedded one side by side: asked the same at the same instant, they must answer the same.</summary>
internal sealed class BothHosts : IAsyncDisposable
{
    private readonly AzureWorld _azure;
    private readonly EmbeddedWorld _embedded;

    private BothHosts(AzureWorld azure, EmbeddedWorld embedded) => (_azure, _embedded) = (azure, embedded);

    public static async Task<BothHosts> Begin() => new(await AzureWorld.Begin(), await EmbeddedWorld.Begin());

    public async ValueTask DisposeAsync()
    {
        await _azure.DisposeAsync();
        await _embedded.DisposeAsync();
    }

    public async Task MoveTo(DateTimeOffset instant)
    {
        await _azure.MoveTo($"{instant:O}");
        await _embedded.MoveTo($"{instant:O}");
    }

    public Task<Answered> Get(string path, object story) => Send("GET", path, null, story);

    public Task<Answered> Post(string path, string body, object story) => Send("POST", path, body, story);

    private async Task<Answered> Send(string method, string path, string? body, object story)
    {
        var (there, here) = (await _azure.Send(method, path, body), await _embedded.Send(method, path, body));
        Same($"{story}: {method} {path} {body}", there, here);
        return here;
    }

    /// <summary>The same status and the same body; only the name of a request's trace is each host's own.</summary>
    public static void Same(string asked, Answered azure, Answered embedded)
    {
        var same = azure.Status == embedded.Status && azure.Location == embedded.Location && JsonNode.DeepEquals(WithoutTrace(azure.Body), WithoutTrace(embedded.Body));
        Assert.True(same, $"{asked}\nAzure:    {azure.Status} {azure.Body?.ToJsonString()}\nembedded: {embedded.Status} {embedded.Body?.ToJsonString()}");
    }

    private static JsonNode? WithoutTrace(JsonNode? body)
    {
        (body as JsonObject)?.Remove("traceId");
        return body;
    }
}
