using System.Globalization;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Webhooks.Folding;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Reading;

/// <summary>Understands what a provider writes. What it does not know is none of our business, and no error.</summary>
public interface IProviderReader
{
    string Provider { get; }

    /// <summary>The events of a delivery, each with the id that is the same however often it is delivered; an id null is that of the bytes.</summary>
    IEnumerable<(string? Id, JsonElement Event)> Split(JsonElement body, IHeaderDictionary headers);

    /// <summary>What an event says of money; null when it says nothing of it.</summary>
    /// <param name="eventId">The same however often it is delivered: it stands for what the event gives no id of its own.</param>
    Telling? Read(JsonElement @event, string eventId, WebhookSettings settings, DateTimeOffset receivedAt);

    /// <summary>
    /// Whether it tells that the provider could not pay out what it holds: the payout's id and the provider's code. Whoever paid their invoice has paid it; a person
    /// sees to the bank account.
    /// </summary>
    string? FailedPayout(JsonElement @event) => null;

    /// <summary>The object whose money an event says has moved, without saying which payment it is of: the provider knows.</summary>
    string? Unnamed(JsonElement @event) => null;
}

/// <summary>Amounts and days as providers write them.</summary>
internal static class Written
{
    private const int LongestCode = 80;

    /// <summary>An id and a code in one line; nothing that is not plain, or long, is repeated.</summary>
    public static string Payout(JsonElement id, JsonElement code) =>
        string.Join(": ", ((string?[])[id.Text(), code.Text()]).Where(t => t is { Length: > 0 and <= LongestCode } && Verifying.WebhookRequest.IsPlain(t)).DefaultIfEmpty("payout"));

    /// <summary>A whole number of the smallest unit and a currency; null unless it is more than zero.</summary>
    public static Money? Minor(JsonElement amount, JsonElement currency, params ReadOnlySpan<string> inHundredths)
    {
        if (!(amount.ValueKind == JsonValueKind.Number && amount.TryGetInt64(out var minor)) || minor <= 0 || minor > Money.MaxMinor || Currency(currency) is not { } known)
            return null;
        // A provider may count hundredths of a currency that has none.
        return inHundredths.Contains(known.Code) && known.MinorUnits == 0 ? Money.FromMinor(minor / 100, known) : Money.FromMinor(minor, known);
    }

    /// <summary>A decimal number, as a text or as a number.</summary>
    public static Money? Decimal(JsonElement amount, JsonElement currency) =>
        decimal.TryParse(amount.Text(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0
        && Currency(currency) is { } known && Money.TryOf(value, known, out var money, out _) ? money : null;

    /// <summary>Money that came in; of unknown amount when none is written, and none at all when what is written is nothing or less.</summary>
    public static IReadOnlyList<PartReceived> Received(Money? amount, JsonElement written, DateOnly on, string key = "") =>
        amount is null && decimal.TryParse(written.Text(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && value <= 0 ? [] : [new(key, amount, on)];

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static Currency? Currency(JsonElement code) => Domain.Currency.TryParse((code.Word() ?? "").ToUpperInvariant(), out var known) ? known : null;
}
