using System.Text.Json;
using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Twilio.Security;

namespace Dunning.Functions.Senders;

/// <summary>
/// What providers report of messages they took. A report may come twice, late, or before our own record of the sending. What cannot be understood will
/// not be understood later either: it is logged and done with. Only a store that does not answer is worth another attempt of the provider's.
/// </summary>
public sealed class DeliveryReports(
    Acknowledger acknowledger, ICaseStore store, Carried carried, Nudges nudges, AzureOptions options, ILogger<DeliveryReports> log)
{
    /// <summary>Microsoft.Communication.EmailDeliveryReportReceived, one for each recipient, in either schema of Event Grid.</summary>
    [Function("EmailDelivery")]
    public async Task Email([EventGridTrigger] string report, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        if (EmailReport.Read(report) is not { } read)
            log.LogWarning("DeliveryReportUnreadable");
        else if (await carried.Find(read.Operation, ct) is not { } key)
            log.LogWarning("DeliveryReportUnknown {Operation}", read.Operation);
        else
            await nudges.Around(client, () => Tell(key, read.Status, null, read.Recipient, "email-delivery", ct));
    }

    /// <summary>Twilio's status callback, signed over the address it was given and every field.</summary>
    [Function("SmsDelivery")]
    public async Task<IResult> Sms(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/twilio/{creditor}")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        if (await Signed(request, ct) is not var (key, form))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        try
        {
            await nudges.Around(client, () => Tell(key, form["MessageStatus"].ToString(), form["ErrorCode"].ToString(), null, "sms-delivery", ct));
        }
        catch (StoreUnavailable)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        return Results.NoContent();
    }

    // The address is made anew as it was given, not read from the request: behind a proxy that one is another.
    private async Task<(MessageKey Key, IFormCollection Form)?> Signed(HttpRequest request, CancellationToken ct)
    {
        if (options is not { HasSms: true, TwilioAuthToken: { } token, PublicUrl: { } here }
            || request.Headers["X-Twilio-Signature"].ToString() is not { Length: > 0 } signature
            || !MessageKey.TryParse(request.Query["key"].ToString(), out var key)
            || request.RouteValues["creditor"] is not string creditor
            || await Form(request, ct) is not { } form)
            return null;
        var address = SmsSender.Callback(here, creditor, key).AbsoluteUri;
        return new RequestValidator(token).Validate(address, form.ToDictionary(f => f.Key, f => f.Value.ToString()), signature) ? (key, form) : null;
    }

    private static async Task<IFormCollection?> Form(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(ct) : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }

    // The id makes the same report, told again, the same fact.
    private async Task Tell(MessageKey key, string status, string? code, string? recipient, string by, CancellationToken ct)
    {
        switch (Fates.GetValueOrDefault(status))
        {
            case Fate.Delivered:
                await acknowledger.Tell(key.Case, new CaseEvent.MessageDelivered(key) { Id = $"report:{key}:delivered" }, by, ct);
                break;
            case Fate.Lost when recipient is not null && !await WentTo(recipient, key, ct):
                log.LogWarning("DeliveryReportOfAnotherAddress {Key}", key);
                break;
            case Fate.Lost:
                var reason = string.IsNullOrEmpty(code) ? status : $"{status}, code {code}";
                await acknowledger.Tell(key.Case, new CaseEvent.MessageBounced(key, reason) { Id = $"report:{key}:lost" }, by, ct);
                break;
        }
    }

    // A redirected message goes to our own mailbox, one to a list to its members: neither says anything of the debtor's address.
    private async Task<bool> WentTo(string recipient, MessageKey key, CancellationToken ct) =>
        await store.FindMessage(key, ct) is { } message && string.Equals(message.To, recipient, StringComparison.OrdinalIgnoreCase);

    private enum Fate
    {
        /// <summary>On its way still, or a word we do not know.</summary>
        Unsettled,
        Delivered,
        Lost,
    }

    private static readonly Dictionary<string, Fate> Fates = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Delivered"] = Fate.Delivered,
        ["read"] = Fate.Delivered,
        ["Bounced"] = Fate.Lost,
        ["Failed"] = Fate.Lost,
        ["FilteredSpam"] = Fate.Lost,
        ["Quarantined"] = Fate.Lost,
        ["Suppressed"] = Fate.Lost,
        ["undelivered"] = Fate.Lost,
        ["canceled"] = Fate.Lost,
    };
}

/// <summary>An e-mail delivery report. Operation is the id we gave the message, in lower case.</summary>
internal sealed record EmailReport(string Operation, string Status, string? Recipient)
{
    /// <summary>Null when it is not one. Names are matched in any case: the service does not spell them all as its documentation does.</summary>
    public static EmailReport? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && Text(data, "messageId") is { } id && Text(data, "status") is { } status
                    ? new(Guid.TryParse(id, out var operation) ? operation.ToString() : id, status, Text(data, "recipient"))
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement data, string name)
    {
        foreach (var property in data.EnumerateObject())
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.String)
                return property.Value.GetString();
        return null;
    }
}
