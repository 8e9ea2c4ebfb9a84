using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>EnteredAt is null for a rate that came with the program; Correction says why one that was published was changed, Replaces what it was.</summary>
public sealed record RateView(
    string Series, string Period, decimal Value, string Source, DateOnly? PublishedOn, DateTimeOffset? EnteredAt, string? EnteredBy, string? Correction, decimal? Replaces)
{
    public static RateView Of(EnteredRate rate) =>
        new(rate.Series, rate.Period, rate.Value, rate.Source, rate.PublishedOn, rate.EnteredAt, rate.EnteredBy, rate.Correction, rate.Replaces);

    public static RateView Of(PublishedRate rate) => new(rate.Series.Name, rate.Period, rate.Percent, rate.Source, rate.PublishedOn, null, null, null, null);
}

/// <summary>The published rates: those shipped and those operators entered. A published rate never changes unless it is corrected, with a reason.</summary>
public sealed class RateOperations(RateBook book, Registry registry)
{
    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var series = query.OneOf("series", RateSeries.All.ToDictionary(s => s.Name));
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var rates = (await book.Current(r.Ct)).Published.Where(p => series is null || p.Series == series);
        var entered = (await book.Entered(r.Ct)).ToDictionary(e => (e.Series, e.Period));
        return Answer.Ok(new PageView<RateView>([.. rates.Select(p => entered.TryGetValue((p.Series.Name, p.Period), out var e) ? RateView.Of(e) : RateView.Of(p))], null));
    }

    public async Task<Answer> Put(ApiRequest r)
    {
        if (r.Caller.Creditors is not null)
            return Answer.Refuse(403, "notAllowed", "Rates are those of every creditor; this needs a key that is not scoped to creditors.");
        if (RateSeries.Named(r.Route("series")) is not { } series)
            return Answer.NotFound("rate series");
        var rate = RatesFile.Read(r.Body, series, r.Route("semester"), "semester");
        var correction = r.Body.Note("correction");
        if (rate is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var entered = await book.Find(series.Name, rate.Period, r.Ct);
        var known = (await book.Current(r.Ct)).Published.FirstOrDefault(p => p.Series == series && p.From == rate.From);
        var shown = entered is not null ? RateView.Of(entered.Value) : known is null ? null : RateView.Of(known);
        if (r.HasCondition && r.Precondition(shown is null ? null : ApiPipeline.Etag(shown)) is { } moved)
            return moved;
        if (known?.Percent == rate.Percent)
            return Answer.Ok(shown!);
        if (known is not null && correction is null)
            return Answer.Conflict("ratePublished", "A published rate does not change. To correct a mistake, say why in 'correction'.",
                new Fault("value", "differs", string.Create(CultureInfo.InvariantCulture, $"{series.Name}/{rate.Period} is published as {known.Percent} ({known.Source}).")));
        if (await book.Try(rate, r.Ct) is { Rates: null } refused)
            return Answer.Unprocessable([.. refused.Faults.Select(f => Fault(f, rate))]);
        return await Enter(r, rate, entered?.Version ?? 0, known, correction);
    }

    private async Task<Answer> Enter(ApiRequest r, PublishedRate rate, long version, PublishedRate? known, string? correction)
    {
        var entry = new EnteredRate(rate.Series.Name, rate.Period, rate.Percent, rate.Source, rate.PublishedOn, r.Now, r.Caller.KeyId)
        {
            Correction = known is null ? null : correction,
            Replaces = known?.Percent,
        };
        var answer = new Answer(known is null ? 201 : 200, RateView.Of(entry));
        if (await book.Enter(entry, version, r.Receipt(answer), r.Ct))
            return answer;
        return await registry.Documents.Replay(r) ?? Answer.Conflict("changedMeanwhile", "Somebody else entered this rate at the same time; look again.");
    }

    private static Fault Fault(RateFault fault, PublishedRate rate) => fault.Path == $"{rate.Series.Name}/{rate.Period}"
        ? new("value", "absurd", fault.Why)
        : new("semester", "gap", $"{fault.Path} {fault.Why}");
}
