namespace Dunning.Service.Api.Operations;

/// <summary>Whether what this host decides really leaves.</summary>
public sealed class SendingModeOperation(SendingMode mode)
{
    public Task<Answer> Get(ApiRequest r) => Task.FromResult(Answer.Ok(mode));
}
