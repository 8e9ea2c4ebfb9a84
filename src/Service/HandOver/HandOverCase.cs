using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.HandOver;

/// <summary>All a hand-over is made from, as of one instant. The log is the case's, without what was set aside.</summary>
internal sealed record HandOverCase(FoldedCase Folded, Creditor Creditor, Claim Claim, IReadOnlyList<RecoveryRoute> Routes, IReadOnlyList<AuditedEvent> Log, DateTimeOffset Now)
{
    public bool HasInvoice { get; init; }

    public CaseFile File => Folded.File;

    public Policy Policy => Folded.Policy;

    public DateOnly Today => Policy.Zone.LocalDate(Now);

    /// <summary>The one to begin with.</summary>
    public RecoveryRoute? Proposed => Routes.FirstOrDefault(r => r.Applies);

    /// <summary>A language chosen by the paper, not by the case.</summary>
    public string? Speaks { get; init; }

    /// <summary>French for France and French-speaking Belgium; whoever takes over any other case reads English.</summary>
    public string Language => Speaks is { } chosen ? chosen : Policy.Regime[..2] == "fr" || (Policy.Regime[..2] == "be" && TextLanguage.Closest(File.Debtor.Language) == TextLanguage.French)
        ? TextLanguage.French
        : TextLanguage.English;

    /// <summary>What happened, in the order it was told.</summary>
    public IEnumerable<LoggedEvent> Events
    {
        get
        {
            var aside = Log.Select(e => e.Logged.Event).OfType<CaseEvent.EventSetAside>().Select(e => e.Seq).ToHashSet();
            return Log.Select(e => e.Logged).Where(e => !aside.Contains(e.Seq));
        }
    }

    public string Date(DateOnly date) => Wording.Date(date, Language);

    public string Date(DateTimeOffset at) => Date(Policy.Zone.LocalDate(at));

    public string Amount(Money money) => Wording.Amount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, Language);

    public string Say(string french, string english) => Language == TextLanguage.French ? french : english;
}
