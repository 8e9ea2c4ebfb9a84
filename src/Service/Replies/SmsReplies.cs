using Dunning.Service.Engine;

namespace Dunning.Service.Replies;

/// <summary>A text message to us. Sid is the carrier's id of it, From an E.164 number; Wish is STOP, START or HELP where the carrier understood one of these.</summary>
public sealed record InboundSms(string Creditor, string Sid, string From, string Body)
{
    public string? Wish { get; init; }
}

/// <summary>Text messages of debtors: an answer to what their number received last.</summary>
public sealed class SmsReplies(Conversations conversations, ICaseStore store, ReplyDesk desk)
{
    private const int MostText = 2000;

    // What carriers take for a wish to hear no more, in the languages of our debtors.
    private static readonly HashSet<string> Stops = new(StringComparer.OrdinalIgnoreCase)
    {
        "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "ARRET", "ARRÊT", "DESINSCRIRE", "DÉSINSCRIRE", "DESABONNER", "DÉSABONNER", "AFMELDEN", "UITSCHRIJVEN", "STOPP", "ABMELDEN",
    };

    public async Task<HeardOutcome> Hear(InboundSms sms, CancellationToken ct)
    {
        var key = await conversations.Find(sms.Creditor, sms.From, ct);
        // Whose message it was is asked again: a number may have changed hands between creditors.
        IReadOnlyList<string> cases = key is { } last && await store.FindMessage(last, ct) is { } message && message.Creditor == sms.Creditor ? message.Cases : [];
        var body = sms.Body.Length > MostText ? sms.Body[..MostText] : sms.Body;
        return await desk.Hear(new(sms.Creditor, $"sms:{sms.Sid}", "sms", sms.From, IsStop(sms) ? $"{body}\n\n[asks for no more SMS]" : body), cases, "twilio", ct);
    }

    private static bool IsStop(InboundSms sms) =>
        string.Equals(sms.Wish, "STOP", StringComparison.OrdinalIgnoreCase) || Stops.Contains(sms.Body.Trim().TrimEnd('.', '!').TrimEnd());
}
