using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Simulation;

namespace Dunning.Local.Commands;

/// <summary>The operation of POST /api/simulations, without a host: it keeps nothing, and knows what came with the program alone.</summary>
internal static class OwnSimulation
{
    /// <exception cref="RefusedByHost">The question is refused, as a host would refuse it.</exception>
    /// <exception cref="BrokenFiles">A shipped text, policy or rate cannot be used.</exception>
    public static async Task<JsonNode> Run(byte[] body, TimeProvider clock, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddSingleton<IDocuments>(new NoDocuments()).AddSingleton(clock).AddDunning()
            .AddSingleton<Func<LivedCases?>>(() => null).BuildServiceProvider();
        var simulation = services.GetRequiredService<SimulationOperation>();
        var operation = new Operation("simulate", "POST", "/api/simulations", Role.Read, "What will happen to an invoice", simulation.Simulate);
        var request = new ApiRequest(new DefaultHttpContext { RequestAborted = ct }, operation, new("own", Role.Read, null), Read(body), body, clock.GetUtcNow());
        var answer = request.Finish(await operation.Handle(request));
        var document = JsonNode.Parse(answer.Json())!;
        return answer.IsRefusal ? throw new RefusedByHost(document) : document;
    }

    private static BodyReader Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, BodyReader.Strict);
            return new(json.RootElement.Clone());
        }
        catch (JsonException malformed)
        {
            throw new RefusedByHost(JsonNode.Parse(Answer.Refuse(400, "invalidJson", $"This is not JSON: {malformed.Message}").Json())!);
        }
    }

    /// <summary>Nothing was ever entered here.</summary>
    private sealed class NoDocuments : IDocuments
    {
        public Task<Document?> Get(string kind, string id, CancellationToken ct) => Task.FromResult<Document?>(null);

        public Task<bool> Put(Document document, Receipt? receipt, CancellationToken ct) => throw new InvalidOperationException("A simulation keeps nothing.");

        public Task<bool> Remove(Document document, CancellationToken ct) => throw new InvalidOperationException("A simulation keeps nothing.");

        public Task<IReadOnlyList<Document>> List(string kind, string? owner, string? after, int limit, CancellationToken ct) => Task.FromResult<IReadOnlyList<Document>>([]);

        public Task<Receipt?> FindReceipt(string scope, string key, CancellationToken ct) => Task.FromResult<Receipt?>(null);

        public Task<bool> Keep(Receipt receipt, CancellationToken ct) => throw new InvalidOperationException("A simulation keeps nothing.");
    }
}
