using System.Text;
using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Payments;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.Api.Operations;

/// <summary>A text that is being written, as it would be read: judged as a kept one, kept nowhere.</summary>
public sealed class TextDraftOperation(CreditorTexts texts, PolicyBook policies, Registry registry, RateBook rates)
{
    private const int MaxText = 64 * 1024;

    private enum SampleValues
    {
        Usual,
        Longest,
        Least,
    }

    /// <summary><c>{text?, values?}</c>: without a text, the one in use. A part is shown within the first text that includes it.</summary>
    public async Task<Answer> Preview(ApiRequest r)
    {
        if (!r.Caller.Sees(r.Route("creditor")) || await registry.Creditors.Get(r.Route("creditor"), r.Ct) is not { Value: var creditor })
            return Answer.NotFound("creditor");
        if (TextKey.Parse(r.Route("language"), r.Route("name"), []) is not { } key)
            return Answer.NotFound("text");
        var (draft, values) = (Draft(r.Body), r.Body.OneOf("values", Enum.GetValues<SampleValues>().ToDictionary(ApiJson.Name, v => (SampleValues?)v)) ?? SampleValues.Usual);
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        try
        {
            var book = await texts.Of(creditor.Id, r.Ct);
            if (draft is not null)
                book = book.With([new(key, TextBook.Lines(draft))]);
            var shown = key.Channel == TextKey.Part ? Including(book, key) : key;
            return shown is null ? Answer.Unprocessable(new Fault("name", "unused", "no text includes this part.")) : Show(book, shown, values, creditor, await rates.Current(r.Ct));
        }
        catch (BrokenTexts broken)
        {
            return TextOperations.Broken(broken.Faults);
        }
    }

    private static string? Draft(BodyReader body)
    {
        if (!body.Has("text"))
            return null;
        var text = body.Given("text")!;
        if (Encoding.UTF8.GetByteCount(text) > MaxText)
            body.Add("text", "tooLong", $"must not be larger than {MaxText} bytes.");
        return text;
    }

    private static TextKey? Including(TextBook book, TextKey part) =>
        book.Sources.Where(s => s.Key.Language == part.Language && s.Lines.Any(l => l.Contains($"{{{{> {part.Template}}}}}", StringComparison.Ordinal)))
            .OrderBy(s => s.Key.Channel == TextKey.Part).ThenBy(s => s.Key.Channel != "email").Select(s => s.Key.Channel == TextKey.Part ? Including(book, s.Key) : s.Key).FirstOrDefault(k => k is not null);

    private Answer Show(TextBook book, TextKey key, SampleValues values, Creditor creditor, Rates known)
    {
        var regime = $"{key.Country ?? (creditor.Country == "BE" ? "be" : "fr")}-{(key.Consumer ? "b2c" : "b2b")}";
        var policy = policies.Shipped.First(p => p.Name == regime);
        var channel = SampleCase.Channels[key.Channel]!.Value;
        var sample = new SampleCase(policy, policy.Rungs.FirstOrDefault(g => g.Step.Template == key.Template), key.Template, SampleCase.KindOf(regime), key.Language) { Creditor = creditor, Rates = known };
        try
        {
            var usual = values == SampleValues.Usual ? sample.Values(channel) : null;
            var text = book.Render(key.Language, key.Template, key.Channel, key.Consumer, key.Country, values switch
            {
                SampleValues.Longest => TextSamples.Longest,
                SampleValues.Least => TextSamples.Least,
                _ => usual!.Values(),
            });
            // Outside its message the image has no part to be found in.
            var html = usual?.PaymentCode is { } code
                ? text.Html?.Replace($"cid:{PaymentCode.ContentId}", $"data:image/png;base64,{Convert.ToBase64String(PaymentCode.Png(code))}", StringComparison.Ordinal)
                : text.Html;
            return Answer.Ok(new TextPreview(key.Template, key.Channel, key.Language, text.Subject, text.Plain, html, channel == Channel.Sms ? SmsLength.Segments(text.Plain) : null));
        }
        catch (KeyNotFoundException missing)
        {
            return Answer.Unprocessable(new Fault("channel", "noText", missing.Message));
        }
        catch (ArgumentException hole)
        {
            return Answer.Unprocessable(new Fault("text", "valueMissing", hole.Message));
        }
    }
}
