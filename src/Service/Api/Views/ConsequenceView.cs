using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Api.Views;

/// <summary>How a case stands at an instant.</summary>
public sealed record StandingView(string Status, decimal Balance, NextView Next, PolicyView Policy, DateOnly DueDate)
{
    public static StandingView Of(FoldedCase folded) => new(
        ApiJson.Name(Standing.Status(folded.State, folded.Policy)), folded.File.Balance.Amount(), NextView.WithRules(folded.State, folded.Policy),
        PolicyView.Of(folded.File.Policy), folded.File.Invoice.DueDate);
}

/// <summary>A message that would leave, or would not any more.</summary>
public sealed record ForeseenMessageView(string Step, string Channel, string Key);

/// <summary>
/// What an act would do, told without doing it. Etag is the case's: sent as If-Match with the act itself, it is done to the case that was shown, or not at all. Silences
/// are told by what begins and what ends with the act.
/// </summary>
public sealed record ConsequenceView(
    string CaseId, string Number, string Currency, string Etag, StandingView Before, StandingView After, bool ChangesNothing, IReadOnlyList<ForeseenMessageView> LeavesNow,
    IReadOnlyList<ForeseenMessageView> NoLongerLeaves, IReadOnlyList<SilenceView> SilencesBegun, IReadOnlyList<SilenceView> SilencesEnded, IReadOnlyList<TaskView> TasksOpened,
    IReadOnlyList<TaskView> TasksClosed, IReadOnlyList<StepView> StepsLapsed)
{
    public static ConsequenceView Of(Consequence consequence, string etag)
    {
        var (before, after) = (consequence.Before.File, consequence.After.File);
        var (silent, quiet) = (CaseParts.Silences(before, consequence.Before.Policy), CaseParts.Silences(after, consequence.After.Policy));
        return new(
            after.Id, after.Invoice.Number, after.Balance.Currency.Code, etag, StandingView.Of(consequence.Before), StandingView.Of(consequence.After),
            ReferenceEquals(consequence.Before.State, consequence.After.State) || before == after, Messages(consequence.Leaving), Messages(consequence.Withdrawn),
            [.. quiet.Except(silent)], [.. silent.Except(quiet)], [.. consequence.Opened.Select(t => TaskView.Of(t, consequence.After.Policy))], [.. consequence.Closed.Select(t => TaskView.Of(t, consequence.Before.Policy))],
            [.. consequence.Lapsed.Select(s => new StepView(s.Id, ApiJson.Name(s.Outcome), s.At, s.Deadline, s.Why, []))]);
    }

    private static IReadOnlyList<ForeseenMessageView> Messages(IReadOnlyList<MessageKey> keys) =>
        [.. keys.Select(k => new ForeseenMessageView(k.Step, MessageKey.Name(k.Channel), k.ToString()))];
}
