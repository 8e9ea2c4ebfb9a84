using Dunning.Service.Register;
using Dunning.Service.Webhooks;

namespace Dunning.Service.Links;

/// <summary>The creditors' payment settings, read each time they are needed. Where nobody has any, nothing is read: it is looked for twice a minute.</summary>
public sealed class PaymentAccounts(Registry registry, Secrets secrets)
{
    // All in one owner's list: a store that spreads its documents finds them in one place.
    private const string Owner = "settings";
    private const long Rest = 30_000;

    private volatile bool _any;
    private long _nextLook;

    public async ValueTask<bool> Any(CancellationToken ct)
    {
        if (_any || Environment.TickCount64 < Volatile.Read(ref _nextLook))
            return _any;
        _any = (await registry.PaymentSettings.List(Owner, null, 1, ct)).Count > 0;
        Volatile.Write(ref _nextLook, Environment.TickCount64 + Rest);
        return _any;
    }

    public async ValueTask<PaymentSettings?> Of(string creditor, CancellationToken ct) => (await Find(creditor, ct))?.Value;

    public Task<Shelved<PaymentSettings>?> Find(string creditor, CancellationToken ct) => registry.PaymentSettings.Get(creditor, ct);

    /// <summary>False if the version has moved.</summary>
    public async Task<bool> Put(PaymentSettings settings, long version, Engine.Receipt? receipt, CancellationToken ct)
    {
        if (!await registry.PaymentSettings.Put(settings.Creditor, Owner, settings, version, receipt, ct))
            return false;
        return _any = true;
    }

    /// <summary>The key itself; null when there is none, or its name in the environment stands for nothing.</summary>
    public string? Secret(PaymentSettings settings, string provider) => settings.Key(provider) is { } key ? secrets.Value(key.Value, ProviderKey.Prefix) : null;
}
