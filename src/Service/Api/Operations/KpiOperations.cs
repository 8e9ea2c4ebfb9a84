using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Figures;
using Dunning.Service.Register;
using Dunning.Service.Upcoming;

namespace Dunning.Service.Api.Operations;

/// <summary>Figures: all of them as JSON, or the data of one as CSV. Of one creditor and one currency, always.</summary>
public sealed class KpiOperations(Kpis kpis, Registry registry, LocalToday days)
{
    public async Task<Answer> All(ApiRequest r)
    {
        var (view, refusal) = await Read(r);
        return refusal ?? Answer.Ok(view!);
    }

    /// <summary>The name of the figure may end in .csv, as its file does.</summary>
    public async Task<Answer> Csv(ApiRequest r)
    {
        var figure = r.Route("figure");
        figure = figure.EndsWith(".csv", StringComparison.Ordinal) ? figure[..^4] : figure;
        if (FigureDefinitions.Find(figure) is null)
            return Answer.NotFound("figure");
        var (view, refusal) = await Read(r);
        if (refusal is not null)
            return refusal;
        var name = string.Create(CultureInfo.InvariantCulture, $"{figure}-{view!.Currency}-{view.From:yyyy-MM-dd}-{view.To:yyyy-MM-dd}.csv");
        return Answer.Ok(FigureTables.Of(view, figure)!.Csv()) with { ContentType = "text/csv; charset=utf-8", FileName = name };
    }

    private async Task<(KpiView? View, Answer? Refusal)> Read(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var (id, currency, within) = (query.Text("creditor", max: 100) ?? r.Caller.OnlyCreditor, query.Currency("currency"), WithinDays(query));
        if (id is null)
            query.Add("creditor", "required", "is required, unless the key is of one creditor.");
        var creditor = id is not null && r.Caller.Sees(id) ? (await registry.Creditors.Get(id, r.Ct))?.Value : null;
        var period = FigurePeriod.Read(query, await days.Of(r, id));
        if (period is null)
            return (null, Answer.Invalid(query.Faults));
        return creditor is null ? (null, Answer.NotFound("creditor")) : (await kpis.Of(creditor.Id, currency, period, within, r.Ct), null);
    }

    private static int WithinDays(BodyReader query)
    {
        if (query.Text("withinDays") is not { } text)
            return StepEffect.UsualDays;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 90)
            return days;
        query.Add("withinDays", "outOfRange", "must be from 1 to 90.");
        return StepEffect.UsualDays;
    }
}
