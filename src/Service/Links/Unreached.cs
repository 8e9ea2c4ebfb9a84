using System.Collections.Concurrent;

namespace Dunning.Service.Links;

/// <summary>The providers of creditors that did not answer, and when: one that did not answer once is not waited for again and again.</summary>
internal sealed class Unreached
{
    private readonly ConcurrentDictionary<(string Creditor, string Provider), DateTimeOffset> _last = new();

    /// <param name="since">Those before it may be asked again.</param>
    public bool Has(string creditor, string provider, DateTimeOffset since) => _last.TryGetValue((creditor, provider), out var at) && at > since;

    public void Add(string creditor, string provider, DateTimeOffset at) => _last[(creditor, provider)] = at;
}
