using System.Text.Json.Serialization;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// What a case does next, as its register says: which activity, about what, and when (UTC; null: when somebody tells something). All that an
/// orchestration knows, and made anew by every activity: it only says where to look, the register decides.
/// </summary>
/// <param name="Subject">The case id, or the key of the message.</param>
/// <param name="Untold">Events taken from the orchestration and not yet in the inbox, because sinking them failed.</param>
public sealed record NextAct(string Activity, string Subject, DateTimeOffset? At, string Status)
{
    public string? Step { get; init; }

    /// <summary>The case is closed and nothing of it is on its way: a reversal starts it again.</summary>
    public bool IsOver { get; init; }

    public int Failures { get; init; }

    public IReadOnlyList<Told> Untold { get; init; } = [];

    /// <summary>Something leaves: its instant is kept to the minute.</summary>
    [JsonIgnore]
    public bool Speaks => Activity != nameof(CaseActivities.Advance);

    /// <summary>Nothing is known yet: look at once.</summary>
    public static NextAct Look(string caseId) => new(nameof(CaseActivities.Advance), caseId, DateTimeOffset.UnixEpoch, "starting");

    /// <summary>Follows from an advance; now is the instant it was made at.</summary>
    public static NextAct After(string caseId, Advanced advanced, DateTimeOffset now) =>
        advanced.Case is not { } folded ? new(nameof(CaseActivities.Advance), caseId, null, "unknown") { IsOver = true }
        : advanced.Overdue.Count > 0 ? Now(nameof(CaseActivities.AskAfter), advanced.Overdue[0], folded, now)
        : advanced.Due.Count > 0 ? Now(CarrierOf(advanced.Due[0].Channel), advanced.Due[0], folded, now)
        : Planned(folded);

    /// <summary>What a case will do when nobody tells anything. What leaves first is named already, so that its activity is the one called.</summary>
    public static NextAct Planned(FoldedCase folded)
    {
        var (state, policy, id) = (folded.State, folded.Policy, folded.Stored.Id);
        var status = ApiJson.Name(Standing.Status(state, policy));
        if (state is DunningCase.Closed)
            return MessageFates.Claimed(folded.File).Select(c => (DateTimeOffset?)c.Since).Min() is { } since
                ? new(nameof(CaseActivities.Advance), id, since + Schedule.AskAfter, status)
                : new(nameof(CaseActivities.Advance), id, null, status) { IsOver = true };
        var outlook = Standing.Next(state, policy);
        var at = Decider.WakeAt(state, policy);
        if (outlook is not { WaitingFor: WaitReason.Nothing, Step: { } step } || outlook.At != at || policy.FindRung(step) is not { } rung)
            return new(nameof(CaseActivities.Advance), id, at, status) { Step = outlook.Step };
        var first = new MessageKey(id, step, rung.Step.Channels[0], 1);
        return new(CarrierOf(first.Channel), first.ToString(), at, status) { Step = step };
    }

    /// <summary>How long a case leaves its message to the debtor's voice before it speaks for itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The debtor's voice has the message: it signals when it has spoken.</summary>
    public static NextAct Handed(MessageKey key, FoldedCase folded, DateTimeOffset now) =>
        Now(nameof(CaseActivities.SpeakForItself), key, folded, now) with { At = now + Patience };

    /// <summary>The same again, later and later: what failed was not done.</summary>
    public NextAct AfterFailure(DateTimeOffset now)
    {
        var rest = TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Failures), 360));
        return this with { At = now + rest, Failures = Failures + 1 };
    }

    private static NextAct Now(string activity, MessageKey key, FoldedCase folded, DateTimeOffset now) =>
        new(activity, key.ToString(), now, ApiJson.Name(Standing.Status(folded.State, folded.Policy))) { Step = key.Step };

    private static string CarrierOf(Channel channel) => channel switch
    {
        Channel.Email => nameof(CaseActivities.SendEmail),
        Channel.Sms => nameof(CaseActivities.SendSms),
        Channel.Letter => nameof(CaseActivities.StoreLetter),
        Channel.Call or Channel.Declaration => nameof(CaseActivities.OpenTask),
        _ => nameof(CaseActivities.HandOver),
    };
}

/// <summary>An event raised to an orchestration. Payload is JSON as it was raised.</summary>
public sealed record Told(string Event, string Payload);

/// <summary>What the standard tools show of a case: small, and without personal data.</summary>
public sealed record Shown(string Status, string? Step, DateTimeOffset? NextWakeUp);
