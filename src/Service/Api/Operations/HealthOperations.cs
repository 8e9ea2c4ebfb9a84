using Dunning.Service.Engine;

namespace Dunning.Service.Api.Operations;

public sealed class HealthOperations(IDocuments documents)
{
    public static Task<Answer> Live(ApiRequest request) => Task.FromResult(Answer.Ok(new { Status = "alive" }));

    public async Task<Answer> Ready(ApiRequest request)
    {
        await documents.Get("sending", "global", request.Ct);
        return Answer.Ok(new { Status = "ready" });
    }
}
