using Dunning.Domain;
using Dunning.Service.Api;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.HandOver;

/// <summary>
/// What shows that a message left and what became of it. What is accepted, delivered, bounced, refused, uncertain, posted or returned; On is the day the post tells,
/// Detail the carrier's reference or its reason.
/// </summary>
public sealed record Evidence(string What, DateTimeOffset RecordedAt)
{
    public DateOnly? On { get; init; }

    public string? TrackingNumber { get; init; }

    public string? Detail { get; init; }

    public static Evidence? Of(CaseEvent @event, DateTimeOffset at) => @event switch
    {
        MessageAccepted e => new("accepted", at) { Detail = e.Reference },
        MessageDelivered => new("delivered", at),
        MessageBounced e => new("bounced", at) { Detail = e.Reason },
        MessageRefused e => new("refused", at) { Detail = e.Reason },
        MessageUncertain e => new("uncertain", at) { Detail = e.Reason },
        LetterPosted e => new("posted", at) { On = e.On, TrackingNumber = e.Tracking },
        LetterReturned e => new("returned", at) { On = e.On, Detail = ApiJson.Name(e.Because) },
        _ => null,
    };

    public static MessageKey? KeyOf(CaseEvent @event) => @event switch
    {
        MessageAccepted e => e.Key,
        MessageDelivered e => e.Key,
        MessageBounced e => e.Key,
        MessageRefused e => e.Key,
        MessageUncertain e => e.Key,
        LetterPosted e => e.Key,
        LetterReturned e => e.Key,
        _ => null,
    };
}

/// <summary>One message of a case, decided or sent, with its place in the order of the ladder.</summary>
internal sealed record SentMessage(int Number, MessageKey Key, StepRecord Step, Leg Leg, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>"messages/01-first-email": what its files are called but for their ending.</summary>
    public string Name => $"messages/{Number:00}-{FileName.Of(Key.Step)}-{MessageKey.Name(Key.Channel)}{(Key.Sending > 1 ? $"-{Key.Sending}" : "")}";

    /// <summary>Those of the ladder by the time each was settled, confirmations among them.</summary>
    public static IReadOnlyList<SentMessage> Of(HandOverCase c)
    {
        var evidence = c.Events.Select(e => (Key: HandOver.Evidence.KeyOf(e.Event), What: HandOver.Evidence.Of(e.Event, e.At))).Where(e => e.Key is not null).ToLookup(e => e.Key!.Value, e => e.What!);
        var legs = from step in c.File.Steps.Concat(c.File.Confirmations)
                   from leg in step.Legs
                   where MessageKey.Carries(leg.Channel)
                   select (Key: new MessageKey(c.File.Id, step.Id, leg.Channel, leg.Sending), step, leg);
        return [.. legs.OrderBy(l => l.step.DecidedOn).ThenBy(l => l.leg.Sending)
            .Select((l, i) => new SentMessage(i + 1, l.Key, l.step, l.leg, [.. evidence[l.Key]]))];
    }
}

/// <summary>Names of files and folders every system takes.</summary>
internal static class FileName
{
    public static string Of(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('.', '-') is { Length: > 0 } name ? name : "file";
}
