using System.Text;
using Dunning.Service.Engine;
using Dunning.Service.Replies;
using Dunning.Service.Reports;
using Dunning.Service.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Registry = Dunning.Service.Register.Registry;

namespace Dunning.Service.Api.Operations;

/// <summary>How many reports of a delivery were about messages of ours.</summary>
public sealed record ReportReceipt(int Heard, int Ignored);

/// <summary>
/// What carriers report: Twilio, which signs, and Event Grid and CloudEvents, which do not and present a secret instead. What has its effect is stored before it is
/// answered. Whoever is refused is told nothing more, not even whether the creditor exists.
/// </summary>
public sealed class ReportOperations(Registry registry, Secrets secrets, Doors doors, DeliveryReports reports, SmsReplies sms)
{
    // An empty answer in Twilio's own language: nothing is sent back.
    private static readonly byte[] NoAnswer = Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?><Response/>""");

    /// <summary>What became of a message, at the address that was given with it; or a message of somebody's to us, when it says nothing of one of ours.</summary>
    public async Task<Answer> Twilio(ApiRequest r)
    {
        var creditor = r.Route("creditor");
        if (await ApiPipeline.ReadBody(r.Http.Request) is not { } bytes)
            return TooLarge;
        if (await Signed(r, creditor, bytes) is not { } fields)
            return Answer.Refuse(401, "badSignature", "The signature does not hold.");
        string? Field(string name) => fields.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        if (r.Query("key") is { } message && Joint.TryRead(message, out _, out _))
            await reports.Hear(DeliveryReport.Of(message, Field("MessageStatus") ?? "", Field("ErrorCode"), Field("To"), "sms-delivery"), creditor, r.Ct);
        else if (Field("MessageSid") is { } sid && Field("From") is { } from && fields.ContainsKey("Body"))
            await sms.Hear(new(creditor, sid, from, Field("Body") ?? "") { Wish = Field("OptOutType") }, r.Ct);
        return new(200, NoAnswer) { ContentType = "text/xml" };
    }

    /// <summary>E-mail delivery reports of Azure Communication Services, through Event Grid in either schema. A handshake needs the secret like any event.</summary>
    public async Task<Answer> Email(ApiRequest r)
    {
        var creditor = r.Route("creditor");
        if (await ApiPipeline.ReadBody(r.Http.Request) is not { } bytes)
            return TooLarge;
        if (await Opened(r, creditor, "email") is not { } settings || !IsExpected(r, settings))
            return NoKey;
        if (!EventDelivery.Understands(r.Http.Request))
            return Answer.Refuse(415, "unsupportedFormat", "Only JSON is understood: Event Grid's own schema, or CloudEvents 1.0.");
        if (EventDelivery.Read(r.Http.Request, bytes) is not { } delivery)
            return Answer.Refuse(400, "malformed", "The delivery cannot be read.");
        if (delivery.ValidationCode is { } code)
            return Answer.Ok(new { validationResponse = code });
        var heard = 0;
        foreach (var @event in delivery.Events)
            if (await reports.Hear(EmailReport.Read(@event), creditor, r.Ct))
                heard++;
        return Answer.Ok(new ReportReceipt(heard, delivery.Events.Count - heard));
    }

    /// <summary>The handshake of CloudEvents: who asks for leave to deliver is given it (http-webhook, section 4).</summary>
    public async Task<Answer> Handshake(ApiRequest r)
    {
        if (await Opened(r, r.Route("creditor"), "email") is null)
            return NoKey;
        if (r.Http.Request.Headers["WebHook-Request-Origin"] is not [{ Length: > 0 } origin])
            return Answer.Refuse(400, "noOrigin", "WebHook-Request-Origin is missing.");
        r.Http.Response.Headers["WebHook-Allowed-Origin"] = origin;
        r.Http.Response.Headers["WebHook-Allowed-Rate"] = "*";
        r.Http.Response.Headers.Allow = "POST, OPTIONS";
        return Answer.Ok(new { origin, rate = "*" });
    }

    private static Answer TooLarge => Answer.Refuse(413, "tooLarge", $"The body must not be larger than {ApiPipeline.MaxBody} bytes.");

    private static Answer NoKey => Answer.Refuse(401, "badSecret", "The secret of this door is missing or wrong.");

    // Event Grid writes the name in capitals, however it was given.
    private static bool IsExpected(ApiRequest r, WebhookSettings settings) =>
        settings.Subscription is not { } name || string.Equals(r.Http.Request.Headers["aeg-subscription-name"], name, StringComparison.OrdinalIgnoreCase);

    private async Task<WebhookSettings?> Opened(ApiRequest r, string creditor, string door) =>
        await registry.Webhooks.Get(WebhookSettings.Key(creditor, door), r.Ct) is { Value: var settings } && DoorSecret.Opens(r.Http.Request, secrets.Of(settings).Values) ? settings : null;

    // Its fields, when the signature holds.
    private async Task<IReadOnlyDictionary<string, StringValues>?> Signed(ApiRequest r, string creditor, byte[] bytes)
    {
        var own = await registry.Webhooks.Get(WebhookSettings.Key(creditor, "twilio"), r.Ct);
        IReadOnlyList<string> tokens = [.. own is null ? [] : secrets.Of(own.Value).Values, .. doors.TwilioAuthToken is { } token ? (string[])[token] : []];
        if (doors.PublicUrl is not { } here || tokens.Count == 0 || r.Http.Request.Headers["X-Twilio-Signature"] is not [{ Length: > 0 } presented])
            return null;
        var address = TwilioAddress.Of(here, creditor, r.Http.Request.QueryString.Value ?? "");
        if (r.Query("bodySHA256") is { } sha256)
            return TwilioSignature.OfBody(address, sha256, bytes, presented, tokens) ? Members(bytes) : null;
        return r.Http.Request.HasFormContentType && Form(bytes) is { } form && TwilioSignature.OfForm(address, form, presented, tokens) ? form : null;
    }

    private static Dictionary<string, StringValues>? Form(byte[] bytes)
    {
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes)) { ValueLengthLimit = ApiPipeline.MaxBody };
            return reader.ReadForm();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Dictionary<string, StringValues> Members(byte[] bytes)
    {
        using var json = WebhookBody.Read(bytes);
        return json is null ? [] : json.RootElement.EnumerateObject().Where(m => m.Value.Text() is not null).ToDictionary(m => m.Name, m => new StringValues(m.Value.Text()), StringComparer.Ordinal);
    }
}
