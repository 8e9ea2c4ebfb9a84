using System.Collections.Concurrent;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Service.Policies;

/// <summary>At least one shipped policy cannot be used; every fault is listed with its file.</summary>
public sealed class BrokenPolicies(IReadOnlyList<string> faults) : Exception("Some policies cannot be used:\n" + string.Join('\n', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>
/// The policies shipped beside the program and those creditors wrote, by name and version. A version never changes, so what was read once
/// stays in memory.
/// </summary>
public sealed class PolicyBook : IPolicyBook
{
    private const string Kind = "policy";

    // No creditor can have this id.
    private const string ShippedOwner = "(shipped)";

    private readonly IDocuments? _documents;
    private readonly ConcurrentDictionary<PolicyRef, Policy> _known = new();
    private readonly ConcurrentDictionary<string, int> _latestShipped = new(StringComparer.Ordinal);

    /// <summary>Reads every <c>*.json</c> of a folder and checks that each step's text exists.</summary>
    /// <exception cref="BrokenPolicies">At least one file cannot be used.</exception>
    public PolicyBook(string folder, Func<string, string, bool> hasText, IDocuments? documents)
    {
        _documents = documents;
        HasText = hasText;
        var faults = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            Ship(path, faults);
        if (_known.IsEmpty && faults.Count == 0)
            faults.Add($"{folder}: there is no policy at all.");
        if (faults.Count > 0)
            throw new BrokenPolicies(faults);
    }

    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "policies");

    /// <summary>Whether a text exists for a template on a channel.</summary>
    public Func<string, string, bool> HasText { get; }

    public IEnumerable<Policy> Shipped => _known.Where(p => p.Key.Creditor is null).Select(p => p.Value).OrderBy(p => p.Name, StringComparer.Ordinal);

    public async ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) =>
        _known.TryGetValue(policy, out var known) ? known
        : await Fetch(policy, ct) ?? throw new KeyNotFoundException($"There is no policy {policy}.");

    /// <summary>The policy a creditor means by a name: its own latest version, else the shipped one; null if there is none.</summary>
    public async Task<PolicyRef?> Find(string creditor, string name, int? version, CancellationToken ct)
    {
        if (version is { } asked)
        {
            if (await Fetch(new(name, asked, creditor), ct) is not null)
                return new(name, asked, creditor);
            return _known.ContainsKey(new(name, asked)) ? new(name, asked) : null;
        }
        if (await Latest(creditor, name, ct) is { } own)
            return new(name, own, creditor);
        return _latestShipped.TryGetValue(name, out var shipped) ? new(name, shipped) : null;
    }

    /// <summary>The latest version of a creditor's own policy.</summary>
    public async Task<int?> Latest(string creditor, string name, CancellationToken ct)
    {
        var versions = (await Own(creditor, ct)).Where(p => p.Name == name).Select(p => p.Version).ToList();
        return versions.Count == 0 ? null : versions.Max();
    }

    public async Task<IReadOnlyList<Policy>> Own(string creditor, CancellationToken ct)
    {
        if (_documents is null)
            return [];
        var found = await _documents.List(Kind, creditor, null, 1000, ct);
        return [.. found.Select(d => Parse(d.Json)!)];
    }

    /// <summary>False if that version exists already: versions are immutable.</summary>
    public async Task<bool> Add(string creditor, Policy policy, Receipt? receipt, CancellationToken ct) =>
        _documents is not null && await _documents.Put(new(Kind, Id(creditor, policy.Name, policy.Version), creditor, PolicyJson.Write(policy).ToJsonString(), 0), receipt, ct);

    /// <summary>Faults a policy has beyond its own data: a text that does not exist.</summary>
    public static IEnumerable<PolicyFault> MissingTexts(Policy policy, Func<string, string, bool> hasText)
    {
        for (var i = 0; i < policy.Steps.Count; i++)
            foreach (var channel in policy.Steps[i].Channels)
                if (channel is Channel.Email or Channel.Sms or Channel.Letter && !hasText(policy.Steps[i].Template!, MessageKey.Name(channel)))
                    yield return new($"steps[{i}].template", $"there is no text '{policy.Steps[i].Template}' for {MessageKey.Name(channel)}.");
    }

    /// <summary>
    /// Keeps what is shipped beside the cases that began with it (P13): a version once used never changes under a running case, and stays known
    /// when a later release no longer ships it.
    /// </summary>
    /// <exception cref="BrokenPolicies">A shipped version differs from the one kept: it needs a new version.</exception>
    public async Task Pin(CancellationToken ct)
    {
        var faults = new List<string>();
        foreach (var policy in Shipped.ToList())
        {
            var (id, json) = (Id(ShippedOwner, policy.Name, policy.Version), PolicyJson.Write(policy).ToJsonString());
            if (await _documents!.Get(Kind, id, ct) is not { } kept)
                await _documents.Put(new(Kind, id, ShippedOwner, json, 0), null, ct);
            else if (kept.Json != json)
                faults.Add($"{policy.Name}: version {policy.Version} has changed since it was first used; running cases keep it, so give the new one another version.");
        }
        if (faults.Count > 0)
            throw new BrokenPolicies(faults);
    }

    private void Ship(string path, List<string> faults)
    {
        var file = Path.GetFileName(path);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), BodyReader.Strict);
            var body = new BodyReader(json.RootElement);
            var policy = PolicyJson.Read(body);
            faults.AddRange(body.Faults.Select(f => $"{file}: {f.Field}: {f.Message}"));
            if (policy is null)
                return;
            faults.AddRange(MissingTexts(policy, HasText).Select(f => $"{file}: {f.Path}: {f.Why}"));
            if (!_known.TryAdd(new(policy.Name, policy.Version), policy))
                faults.Add($"{file}: {policy.Name} version {policy.Version} stands in another file too.");
            _latestShipped.AddOrUpdate(policy.Name, policy.Version, (_, known) => Math.Max(known, policy.Version));
        }
        catch (JsonException error)
        {
            faults.Add($"{file}: not JSON: {error.Message}");
        }
    }

    private async ValueTask<Policy?> Fetch(PolicyRef policy, CancellationToken ct)
    {
        if (_known.TryGetValue(policy, out var known))
            return known;
        if (_documents is null || await _documents.Get(Kind, Id(policy.Creditor ?? ShippedOwner, policy.Name, policy.Version), ct) is not { } document)
            return null;
        return _known.GetOrAdd(policy, Parse(document.Json)!);
    }

    private static Policy? Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PolicyJson.Read(new BodyReader(document.RootElement));
    }

    private static string Id(string creditor, string name, int version) => $"{creditor}/{name}/{version:D7}";
}
