using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Api;

/// <summary>A registration ready to be appended, or what is wrong with it.</summary>
public sealed record Prepared(CaseAppend? Append, FoldedCase? Folded, IReadOnlyList<Fault> Faults);

/// <summary>
/// Prepares registrations: finds the creditor and the most specific policy, checks that its regime fits the debtor, and lets the case inherit the
/// debtor's hold or insolvency. One registrar serves one request and remembers what it looked up.
/// </summary>
public sealed class Registrar(Registry registry, PolicyBook policies, TimeProvider clock)
{
    private readonly Dictionary<string, Creditor?> _creditors = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Creditor, string Name), PolicyRef?> _policies = [];
    private readonly Dictionary<string, PolicySplit?> _splits = new(StringComparer.Ordinal);

    public async Task<Creditor?> Creditor(string id, CancellationToken ct)
    {
        if (!_creditors.TryGetValue(id, out var creditor))
            _creditors[id] = creditor = (await registry.Creditors.Get(id, ct))?.Value;
        return creditor;
    }

    public async Task<Prepared> Prepare(Registration registration, bool held, string by, CancellationToken ct)
    {
        if (await Creditor(registration.Creditor, ct) is not { } creditor)
            return Faulty(new Fault("creditor", "unknownCreditor", $"'{registration.Creditor}' is not registered."));
        var profile = (await registry.Debtors.Get(Registry.DebtorKey(creditor.Id, registration.Debtor.Id), ct))?.Value;
        var named = registration.Policy ?? profile?.Policy;
        var name = named ?? DefaultPolicy(creditor, registration.Debtor);
        var tried = named is null ? await Tried(creditor.Id, name, registration.Debtor, ct) : null;
        if ((tried ?? await Policy(creditor.Id, name, ct)) is not { } policyRef)
            return Faulty(new Fault("policy", "unknownPolicy", $"there is no policy '{name}'."));
        var policy = await policies.Get(policyRef, ct);
        if (!PolicyRules.Fits(policy.Regime, registration.Debtor))
            return Faulty(new Fault("policy", "regimeDoesNotFit", $"'{name}' follows {policy.Regime}, which does not fit a debtor of kind {ApiJson.Name(registration.Debtor.Kind)}."));
        return await Begin(registration, policyRef, policy, profile, held, by, ct);
    }

    /// <summary>Adds what else is wrong with a registration that cannot be read: a policy nobody has.</summary>
    public async Task JudgePolicy(BodyReader body, string? creditor, CancellationToken ct)
    {
        var (owner, name) = (creditor ?? PartyBody.Id(body, "creditor"), body.Faults.Exists(f => f.Field == "policy") ? null : body.Text("policy", max: 60));
        if (owner is not null && name is not null && await Creditor(owner, ct) is not null && await Policy(owner, name, ct) is null)
            body.Add("policy", "unknownPolicy", $"there is no policy '{name}'.");
    }

    private async Task<Prepared> Begin(Registration registration, PolicyRef policyRef, Policy policy, DebtorProfile? profile, bool held, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = registration.CaseId;
        var registered = new CaseEvent.Registered(id, registration.Creditor, registration.Invoice, registration.Debtor, policyRef)
        {
            AlreadySent = registration.AlreadySent,
            LimitationOn = Limitation.Of(policy.Regime, registration.Invoice),
        };
        var state = Decider.Decide(DunningCase.Unregistered.Instance, registered, policy, now).State;
        var folded = new FoldedCase(new(id, 0, state, 1, []), state, policy);
        foreach (var @event in Inherited(registration, profile, held))
            folded = await policies.Add(folded, @event, now, by, ct);
        var commit = folded.ToCommit(now) with { Opened = folded.File.Tasks, Changes = [] };
        return new(new(id, registration.Creditor, registered, now, by) { Created = commit }, folded, []);
    }

    private static IEnumerable<CaseEvent> Inherited(Registration registration, DebtorProfile? profile, bool held)
    {
        foreach (var payment in registration.Payments)
            yield return payment;
        if (held)
            yield return new CaseEvent.Held("imported: to be released by a person") { Id = "import-hold" };
        foreach (var fact in Inheritance.Of(profile, registration.Invoice.IssueDate))
            yield return fact;
    }

    // What nobody chose for the debtor may be one side of a trial.
    private async Task<PolicyRef?> Tried(string creditor, string name, Debtor debtor, CancellationToken ct)
    {
        if (!_splits.TryGetValue(creditor, out var split))
            _splits[creditor] = split = (await registry.PolicySplits.Get(creditor, ct))?.Value;
        return split is { IsRunning: true } && split.A.Name == name ? split.For(debtor.Id) : null;
    }

    private async Task<PolicyRef?> Policy(string creditor, string name, CancellationToken ct)
    {
        if (!_policies.TryGetValue((creditor, name), out var found))
            _policies[(creditor, name)] = found = await policies.Find(creditor, name, null, ct);
        return found;
    }

    /// <summary>The creditor's choice for that kind of debtor, else the one shipped for the market: Belgium's for Belgian debtors, else France's.</summary>
    public static string DefaultPolicy(Creditor creditor, Debtor debtor)
    {
        var belgian = debtor.Country == "BE";
        return debtor.Kind switch
        {
            DebtorKind.Consumer => creditor.ConsumerPolicy ?? (belgian ? "be-b2c" : "fr-b2c"),
            DebtorKind.Public => creditor.PublicPolicy ?? (belgian ? "be-b2b" : "fr-public"),
            _ => creditor.Policy ?? (belgian ? "be-b2b" : "fr-b2b"),
        };
    }

    private static Prepared Faulty(Fault fault) => new(null, null, [fault]);
}
