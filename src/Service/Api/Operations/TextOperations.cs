using System.Text;
using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Letters;
using Dunning.Service.Payments;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.Api.Operations;

/// <summary>A text as its author wrote it. Own is false for one that is shipped.</summary>
public sealed record TextView(string Language, string Name, bool Own, string? Text);

/// <summary>A text with a sample case's values. Segments is what an SMS costs.</summary>
public sealed record TextPreview(string Template, string Channel, string Language, string? Subject, string Text, string? Html, int? Segments);

/// <summary>The texts a creditor sends: those shipped, its own, and what they look like.</summary>
public sealed class TextOperations(CreditorTexts texts, PolicyBook policies, Registry registry, RateBook rates, ILetterRenderer letters)
{
    private const int MaxBytes = 64 * 1024;

    public async Task<Answer> List(ApiRequest r)
    {
        if (await Creditor(r) is not { } creditor)
            return Answer.NotFound("creditor");
        var own = (await texts.List(creditor.Id, r.Ct)).Select(t => (t.Language, t.Name)).ToHashSet();
        var all = texts.Shipped.Sources.Select(s => (s.Key.Language, s.Key.Name)).Concat(own).Distinct();
        return Answer.Ok(new PageView<TextView>([.. all.Order().Select(t => new TextView(t.Language, t.Name, own.Contains(t), null))], null));
    }

    public async Task<Answer> Get(ApiRequest r)
    {
        if (await Creditor(r) is not { } creditor)
            return Answer.NotFound("creditor");
        if (Key(r, []) is not { } key)
            return Answer.NotFound("text");
        return r.Query("shipped") != "true" && (await texts.Find(creditor.Id, key, r.Ct)).Text is { } own ? Answer.Ok(View(key, own.Text!, true))
            : texts.Shipped.Find(key) is { } shipped ? Answer.Ok(View(key, string.Join('\n', shipped.Lines) + "\n", false))
            : Answer.NotFound("text");
    }

    /// <summary>Judged as the shipped texts are at start: every fault at once, each with its line.</summary>
    public async Task<Answer> Put(ApiRequest r)
    {
        if (await Creditor(r) is not { } creditor)
            return Answer.NotFound("creditor");
        var faults = new List<string>();
        if (Key(r, faults) is not { } key)
            return Broken(faults);
        if (await ApiPipeline.ReadBody(r.Http.Request, MaxBytes) is not { } bytes)
            return Answer.Refuse(413, "tooLarge", $"A text must not be larger than {MaxBytes} bytes.");
        if (!TryDecode(bytes, out var text))
            return Broken([$"{key.File}:1: the file is not UTF-8"]);
        var (known, version) = await texts.Find(creditor.Id, key, r.Ct);
        if (r.Precondition(known is null ? null : ApiPipeline.Etag(View(key, known.Text!, true))) is { } moved)
            return moved;
        if (await texts.Faults(creditor.Id, key, text, r.Ct) is { Count: > 0 } broken)
            return Broken(broken);
        return await texts.Put(creditor.Id, key, text, version, null, r.Ct)
            ? new Answer(known is null ? 201 : 200, View(key, text, true)) { Location = r.Http.Request.Path }
            : Answer.Conflict("changedMeanwhile", "The text changed at the same time; try again.");
    }

    /// <summary>Back to the shipped text.</summary>
    public async Task<Answer> Delete(ApiRequest r)
    {
        if (await Creditor(r) is not { } creditor)
            return Answer.NotFound("creditor");
        if (Key(r, []) is not { } key || await texts.Find(creditor.Id, key, r.Ct) is not ({ } known, var version))
            return Answer.NotFound("text");
        if (r.Precondition(ApiPipeline.Etag(View(key, known.Text!, true))) is { } moved)
            return moved;
        // What else the creditor wrote may need it: a part that only its own texts include.
        if (await texts.Faults(creditor.Id, key, null, r.Ct) is { Count: > 0 } broken)
            return Broken(broken);
        return await texts.Put(creditor.Id, key, null, version, null, r.Ct)
            ? Answer.Ok(new TextView(key.Language, key.Name, false, null))
            : Answer.Conflict("changedMeanwhile", "The text changed at the same time; try again.");
    }

    /// <summary>Any text of any step for a sample case, in any language.</summary>
    public async Task<Answer> Preview(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var creditor = query.Text("creditor", max: 64);
        var (language, channel) = (query.Text("language", max: 10) ?? "fr", query.OneOf("channel", SampleCase.Channels));
        var policy = query.OneOf("regime", policies.Shipped.Where(p => p.Name == p.Regime).ToDictionary(p => p.Regime)) ?? policies.Shipped.First(p => p.Name == "fr-b2b");
        var kind = query.OneOf("kind", Enum.GetValues<DebtorKind>().ToDictionary(ApiJson.Name, k => (DebtorKind?)k)) ?? SampleCase.KindOf(policy.Regime);
        var rung = query.Text("step", max: 64) is { } step ? policy.FindRung(step) : null;
        if (query.Has("step") && rung is null)
            query.Add("step", "unknownStep", $"is not a step of {policy.Name}; there are {string.Join(", ", policy.Rungs.Select(g => g.Id))}.");
        var template = query.OneOf("template", TextKey.Templates.ToDictionary(t => t)) ?? rung?.Step.Template ?? (rung is null ? null : MessageWriter.CallScript);
        if (template is null && !query.Has("template"))
            query.Add("template", "required", "or step is required.");
        if (!PolicyRules.Fits(policy.Regime, new Debtor("", "", kind, "", "")))
            query.Add("kind", "regimeDoesNotFit", $"does not fit {policy.Regime}.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (creditor is not null && (!r.Caller.Sees(creditor) || await registry.Creditors.Get(creditor, r.Ct) is null))
            return Answer.NotFound("creditor");
        var sample = new SampleCase(policy, rung ?? policy.Rungs.FirstOrDefault(g => g.Step.Template == template), template!, kind, TextLanguage.Closest(language))
        {
            Creditor = creditor is null ? SampleCase.Sender(policy.Regime) : (await registry.Creditors.Get(creditor, r.Ct))!.Value,
            Rates = await rates.Current(r.Ct),
        };
        try
        {
            var book = creditor is null ? texts.Shipped : await texts.Of(creditor, r.Ct);
            return Preview(sample, channel ?? (template == MessageWriter.CallScript ? Channel.Call : Channel.Email), book, r.Query("format"));
        }
        catch (BrokenTexts broken)
        {
            return Broken(broken.Faults);
        }
    }

    private Answer Preview(SampleCase sample, Channel channel, TextBook book, string? format)
    {
        try
        {
            var values = sample.Values(channel);
            var text = book.Render(sample.Language, sample.Template, MessageKey.Name(channel), sample.Kind == DebtorKind.Consumer, sample.Policy.Regime[..2], values.Values());
            if (format == "pdf")
                return channel == Channel.Letter
                    ? new(200, letters.Render(sample.Letter(text, values))) { ContentType = "application/pdf" }
                    : Answer.Unprocessable(new Fault("format", "noPaper", "only a letter is printed."));
            if (format != "html")
                return Answer.Ok(new TextPreview(
                    sample.Template, MessageKey.Name(channel), sample.Language, text.Subject, text.Plain, text.Html, channel == Channel.Sms ? SmsLength.Segments(text.Plain) : null));
            if (text.Html is not { } html)
                return Answer.Unprocessable(new Fault("format", "noPage", "only an e-mail has a page."));
            // Outside its message the image has no part to be found in.
            var page = values.PaymentCode is { } code ? html.Replace($"cid:{PaymentCode.ContentId}", $"data:image/png;base64,{Convert.ToBase64String(PaymentCode.Png(code))}", StringComparison.Ordinal) : html;
            return new(200, Encoding.UTF8.GetBytes(page)) { ContentType = "text/html; charset=utf-8" };
        }
        catch (KeyNotFoundException missing)
        {
            return Answer.Unprocessable(new Fault("channel", "noText", missing.Message));
        }
        catch (ArgumentException hole)
        {
            return Answer.Unprocessable(new Fault("template", "valueMissing", hole.Message));
        }
    }

    private async Task<Creditor?> Creditor(ApiRequest r) => r.Caller.Sees(r.Route("creditor")) ? (await registry.Creditors.Get(r.Route("creditor"), r.Ct))?.Value : null;

    private static TextKey? Key(ApiRequest r, List<string> faults) => TextKey.Parse(r.Route("language"), r.Route("name"), faults);

    private static TextView View(TextKey key, string text, bool own) => new(key.Language, key.Name, own, text);

    internal static Answer Broken(IReadOnlyList<string> faults) => Answer.Refuse(422, "brokenText", "The text cannot be used as it is.", [.. faults.Select(Fault)]);

    // "fr/courtesy.email.md:3: what is wrong": the place is the field.
    private static Fault Fault(string fault) => fault.Split(": ", 2) is [var place, var what] ? new(place, "brokenText", what) : new("line", "brokenText", fault);

    private static bool TryDecode(byte[] bytes, out string text)
    {
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
