using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Replies;

/// <summary>Which case last wrote to a number: an SMS carries no thread, so that an answer is to what its sender received last.</summary>
public sealed class Conversations(IDocuments documents)
{
    private const string Kind = "sms-conversation";

    /// <summary>Written before the message leaves: its answer may come at once.</summary>
    /// <exception cref="StoreUnavailable">Nothing was written.</exception>
    public async Task Remember(OutgoingMessage message, CancellationToken ct)
    {
        var key = Key(message.Creditor, message.To);
        for (var races = new Races(key); ; races.Lose())
        {
            var known = await documents.Get(Kind, key, ct);
            if (known is not null && Read(known).At > message.WrittenAt)
                return;
            if (await documents.Put(new(Kind, key, message.Creditor, JsonSerializer.Serialize(new Ending(message.Key.ToString(), message.WrittenAt)), known?.Version ?? 0), null, ct))
                return;
        }
    }

    /// <summary>The message a number of the creditor's debtors received last; null for one nobody wrote to.</summary>
    public async Task<MessageKey?> Find(string creditor, string number, CancellationToken ct) =>
        await documents.Get(Kind, Key(creditor, number), ct) is { } known ? Last(known) : null;

    /// <summary>The message a kept conversation ends with.</summary>
    public static MessageKey Last(Document conversation) => MessageKey.Parse(Read(conversation).Message);

    private static Ending Read(Document document) => JsonSerializer.Deserialize<Ending>(document.Json)!;

    private static string Key(string creditor, string number) => $"{creditor}/{number}";

    private sealed record Ending(string Message, DateTimeOffset At);
}
