using System.Collections.Concurrent;
using System.Globalization;
using Dunning.Service.Register;

namespace Dunning.Service.Bank;

/// <summary>
/// What was told of the creditor's account so far. A few lines of a statement are looked up and recorded together: read here, changed in memory, written at
/// once. A change lost to another statement that is read at the same time is made anew by whoever asked for it.
/// </summary>
internal sealed class CreditBook(Registry registry, string creditor, string? account)
{
    private readonly Dictionary<string, Shelved<Told>> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _seen = [];

    public TellingKeys KeysOf(BankLine line) => TellingKeys.Of(line, account);

    public string KeyOfReturned(BankLine line) => TellingKeys.OfReturned(line, account);

    public async Task<Told> Get(string key, CancellationToken ct)
    {
        if (!_open.TryGetValue(key, out var found))
            _open[key] = found = await registry.Told.Get($"{creditor}/{key}", ct) ?? new(Told.Nothing, 0);
        return found.Value;
    }

    public void Set(string key, Told told)
    {
        _open[key] = _open[key] with { Value = told };
        _changed.Add(key);
    }

    /// <summary>Takes back that a telling was written down.</summary>
    public void Untell(TellingKeys keys, string name)
    {
        foreach (var key in (string?[])[keys.ByContent, keys.ByBank])
            if (key is not null && _open.TryGetValue(key, out var open))
                _open[key] = open with { Value = open.Value with { Tellings = [.. open.Value.Tellings.Where(t => t.Key != name)] } };
    }

    /// <summary>
    /// The name of what this line tells: a second line alike in the same file is another telling, the same line of the same file is the same. Counted once for
    /// each line, in the order of the file.
    /// </summary>
    public string Name(BankLine line, TellingKeys keys)
    {
        var name = line.BankReference is { } reference ? $"{line.Kind} {line.Date:yyyy-MM-dd} {reference} {line.Part} {keys.ByContent[..12]}"
            : line.Statement is { } statement ? $"{line.Kind} {line.Date:yyyy-MM-dd} {statement} {line.Entry} {line.Part}"
            : $"{line.Kind} {line.Date:yyyy-MM-dd} {keys.ByContent[..12]}";
        var hash = Spelling.Hash(name);
        var before = _seen.GetValueOrDefault(hash);
        _seen[hash] = before + 1;
        return before == 0 ? name : $"{name} {(before + 1).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Writes what changed; the keys of what another was faster with. Whatever is asked for next is read anew.</summary>
    public async Task<IReadOnlySet<string>> Write(CancellationToken ct)
    {
        var lost = new ConcurrentBag<string>();
        await Task.WhenAll(_changed.Select(async key =>
        {
            var (told, version) = _open[key];
            if (!await registry.Told.Put($"{creditor}/{key}", null, told, version, null, ct))
                lost.Add(key);
        }));
        Forget();
        return lost.ToHashSet(StringComparer.Ordinal);
    }

    public void Forget()
    {
        _open.Clear();
        _changed.Clear();
    }
}
