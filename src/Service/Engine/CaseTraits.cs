using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>
/// What people look cases up by: who owes, what comes next and when, what is waited for. All of it follows from the state and its policy, and holds until the next commit: the same
/// foresight that is shown with a case.
/// </summary>
/// <param name="Words">The number, and the debtor's name, id and e-mail, as <see cref="SearchWords.Fold"/> leaves them.</param>
public sealed record CaseTraits(string DebtorName, string Words, string Policy)
{
    public string? Step { get; init; }

    /// <summary>When the next step comes if nothing happens before; null when nobody can say.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public WaitReason WaitingFor { get; init; }

    /// <summary>The day a promise in force names.</summary>
    public DateOnly? PromisedOn { get; init; }

    public static CaseTraits Of(DunningCase state, Policy policy)
    {
        var (file, next) = (state.Known!, Standing.Next(state, policy));
        return new(file.Debtor.Name, SearchWords.Of(file), policy.Name)
        {
            Step = next.Step,
            NextAt = next.At,
            WaitingFor = next.WaitingFor,
            PromisedOn = state is DunningCase.Open && file.Silences.Promise is { Silencing: true } promise ? promise.Date : null,
        };
    }
}
