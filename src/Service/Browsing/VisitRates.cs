namespace Dunning.Service.Browsing;

/// <summary>How often the doors that need no key may be tried in a minute. In real time, whatever a test clock says.</summary>
public sealed class VisitRates
{
    /// <summary>Debtors' pages, and what links in a notice open: by address, and by how a token begins.</summary>
    public VisitRate Links { get; } = new(TimeProvider.System, perAddress: 120, perPrefix: 60);

    /// <summary>Keys that open nothing, presented at the console: by address, and in all.</summary>
    public VisitRate SignIns { get; } = new(TimeProvider.System, perAddress: 10, perPrefix: 100);
}
