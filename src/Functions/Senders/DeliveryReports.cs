using System.Text.Json;
using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.Service.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Twilio.Security;

namespace Dunning.Functions.Senders;

/// <summary>What providers report of messages they took. A report may come twice, late, or before our own record of the sending.</summary>
public sealed class DeliveryReports(Acknowledger acknowledger, Carried carried, Nudges nudges, AzureOptions options, ILogger<DeliveryReports> log)
{
    /// <summary>Microsoft.Communication.EmailDeliveryReportReceived, one for each recipient.</summary>
    [Function("EmailDelivery")]
    public Task Email([EventGridTrigger] string report, [DurableClient] DurableTaskClient client, CancellationToken ct) =>
        nudges.Around(client, async () =>
        {
            using var json = JsonDocument.Parse(report);
            if (!json.RootElement.TryGetProperty("data", out var data) || Text(data, "messageId") is not { } id || Text(data, "status") is not { } status)
            {
                log.LogWarning("DeliveryReportUnreadable");
                return;
            }
            if (await carried.Find(id.ToLowerInvariant(), ct) is not { } key)
                log.LogWarning("DeliveryReportUnknown {Operation}", id);
            else if (Of(key, status) is { } @event)
                await acknowledger.Tell(key.Case, @event, "email-delivery", ct);
        });

    /// <summary>Twilio's status callback, signed over the address it was given and every field.</summary>
    [Function("SmsDelivery")]
    public async Task<IResult> Sms(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/twilio/{creditor}")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        if (options.TwilioAuthToken is not { } token || request.Headers["X-Twilio-Signature"].ToString() is not { Length: > 0 } signature || !request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var form = await request.ReadFormAsync(ct);
        var address = new Uri(options.PublicUrl!, $"{request.Path}{request.QueryString}").AbsoluteUri;
        if (!new RequestValidator(token).Validate(address, form.ToDictionary(f => f.Key, f => f.Value.ToString()), signature))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (!MessageKey.TryParse(request.Query["key"].ToString(), out var key))
            return Results.BadRequest();
        if (Of(key, form["MessageStatus"].ToString(), form["ErrorCode"].ToString()) is { } @event)
            await nudges.Around(client, () => acknowledger.Tell(key.Case, @event, "sms-delivery", ct));
        return Results.NoContent();
    }

    private static CaseEvent? Of(MessageKey key, string status, string? code = null) => status switch
    {
        "Delivered" or "delivered" or "read" => new CaseEvent.MessageDelivered(key),
        "Bounced" or "Failed" or "FilteredSpam" or "Quarantined" or "Suppressed" or "undelivered" or "failed" =>
            new CaseEvent.MessageBounced(key, string.IsNullOrEmpty(code) ? status : $"{status}, code {code}"),
        _ => null,
    };

    private static string? Text(JsonElement data, string name)
    {
        foreach (var property in data.EnumerateObject())
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.String)
                return property.Value.GetString();
        return null;
    }
}
