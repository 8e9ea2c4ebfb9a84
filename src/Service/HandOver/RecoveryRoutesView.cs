using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Rendering;

namespace Dunning.Service.HandOver;

public sealed record RouteReasonView(string Code, string? Article, string Message);

public sealed record RouteGapView(string Code, string Message);

public sealed record RecoveryRouteView(
    string Procedure, bool Applies, IReadOnlyList<RouteReasonView> Reasons, string? Court, string? Place, bool? LawyerNeeded, IReadOnlyList<RouteGapView> Missing, bool ToCheck)
{
    public static RecoveryRouteView Of(RecoveryRoute route) => new(ApiJson.Name(route.Procedure), route.Applies,
        [.. route.Reasons.Select(r => new RouteReasonView(ApiJson.Name(r.Ground), r.Article, RouteWords.Of(r.Ground, TextLanguage.English)))],
        route.Forum is { } forum ? ApiJson.Name(forum) : null, route.Place, route.Lawyer,
        [.. route.Missing.Select(m => new RouteGapView(ApiJson.Name(m), RouteWords.Of(m, TextLanguage.English)))], route.ToCheck);
}

/// <summary>The routes with the one to begin with; null when none is open. Total is what is owed at the end of the day, in the invoice's currency.</summary>
public sealed record RecoveryRoutesView(string CaseId, DateOnly AsOf, decimal Total, string Currency, DateOnly? LimitationOn, string? Proposed, IReadOnlyList<RecoveryRouteView> Routes)
{
    internal static RecoveryRoutesView Of(HandOverCase c) => new(c.File.Id, c.Today, c.Claim.Total.Amount(), c.Claim.Total.Currency.Code, Limitation.Of(c.Policy.Regime, c.File.Invoice),
        c.Proposed is { } route ? ApiJson.Name(route.Procedure) : null, [.. c.Routes.Select(RecoveryRouteView.Of)]);
}
