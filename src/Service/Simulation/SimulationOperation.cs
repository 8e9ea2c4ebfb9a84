using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Simulation;

/// <summary>POST /api/simulations: what will happen to an invoice, and what would if this or that came.</summary>
public sealed class SimulationOperation(Simulator simulator, PolicyBook policies, Registry registry, Func<LivedCases?> lived)
{
    private const int MaxEvents = 200;

    private delegate CaseEvent? Reader(BodyReader body, FoldedCase folded);

    private static readonly Dictionary<string, Reader> Types = new(StringComparer.Ordinal)
    {
        ["payment"] = (b, f) => FactBodies.Payment(b, f.File, DateOf(b, f)),
        ["reversal"] = (b, f) => b.Has("paymentId") || f.File.Account.Payments.Count == 0 ? FactBodies.Reversal(b, f.File) : new PaymentReversed(f.File.Account.Payments[^1].Id, b.Amount("amount", f.File.Balance.Currency)),
        ["pendingPayment"] = (b, f) => FactBodies.PendingPayment(b, f.File),
        ["creditNote"] = (b, f) => FactBodies.CreditNote(b, f.File, DateOf(b, f)),
        ["promise"] = (b, f) => FactBodies.Promise(b, f.File),
        ["dispute"] = (b, f) => FactBodies.Dispute(b, f.File),
        ["disputeResolved"] = (b, f) => FactBodies.Resolution(b, f.File, b.Text("disputeId") ?? (f.File.Silences.Disputes is [var first, ..] ? first.Id : "none")),
        ["hold"] = (b, _) => FactBodies.Hold(b, HoldScope.Case),
        ["release"] = (_, _) => new Released(),
        ["plan"] = (b, f) => FactBodies.Plan(b, f.File, agreed: true),
        ["reply"] = (b, _) => FactBodies.Reply(b),
        ["cancel"] = (b, _) => FactBodies.Cancel(b),
        ["writeOff"] = (b, _) => FactBodies.WriteOff(b),
        ["dueDate"] = (b, f) => FactBodies.DueDate(b, f.File),
        ["bounce"] = Bounce,
        ["insolvency"] = (b, _) => FactBodies.Insolvency(b),
    };

    public async Task<Answer> Simulate(ApiRequest r)
    {
        var body = r.Body;
        if (body.Has("case"))
            return await OfCase(r);
        var invoice = body.Member("invoice", required: true);
        var creditor = await Creditor(r);
        var registration = invoice is null ? null : RegistrationBody.Read(invoice, creditor.Id);
        var policy = await Policy(body, registration, creditor, r.Ct);
        var registeredAt = body.Instant("registeredAt") ?? r.Now;
        var until = Until(body, policy, registeredAt);
        var events = body.Members("events", max: MaxEvents).Select((e, i) => Planned(e, $"events[{i}]", registeredAt)).ToList();
        if (registration is null || policy is null || body.Faults.Count > 0)
            return Answer.Invalid(body.Faults);
        if (!PolicyRules.Fits(policy.Regime, registration.Debtor))
            return DoesNotFit(policy, registration.Debtor);
        var (view, refusal) = await simulator.Run(registration, policy, creditor, registeredAt, until, events, r.Ct);
        return body.Faults.Count > 0 ? Answer.Invalid(body.Faults) : refusal ?? Answer.Ok(view!);
    }

    /// <summary><c>{case, policy?, events?, until?}</c>: a case that is there, with all it was told, under its own policy or another.</summary>
    private async Task<Answer> OfCase(ApiRequest r)
    {
        var (body, id) = (r.Body, r.Body.Text("case", max: 200));
        if (body.Has("invoice"))
            body.Add("invoice", "contradiction", "is not for a simulation of a case that is there.");
        if (id is null)
            return Answer.Invalid(body.Faults);
        if (lived() is not { } cases)
            return Answer.Unprocessable(new Fault("case", "noCases", "is for a host that keeps cases."));
        if (await cases.Find(r, id) is not { } folded)
            return Answer.NotFound("invoice");
        if (await cases.Facts(id, r.Ct) is not { } facts)
            return Answer.Unprocessable(new Fault("case", "unreadable", "its registration cannot be read."));
        var creditor = (await registry.Creditors.Get(folded.File.Creditor, r.Ct))?.Value ?? new Creditor(folded.File.Creditor, folded.File.Creditor);
        var policy = body.Has("policy") ? await Policy(body, null, creditor, r.Ct) : folded.Policy;
        var registeredAt = facts.At;
        var until = Until(body, policy, registeredAt > r.Now ? registeredAt : r.Now);
        var events = body.Members("events", max: MaxEvents).Select((e, i) => Planned(e, $"events[{i}]", registeredAt)).ToList();
        if (policy is null || body.Faults.Count > 0)
            return Answer.Invalid(body.Faults);
        if (!PolicyRules.Fits(policy.Regime, facts.Registered.Debtor))
            return DoesNotFit(policy, facts.Registered.Debtor);
        var (view, refusal) = await simulator.Run(facts.Registered, policy, creditor, registeredAt, until, [.. facts.Planned(), .. events], r.Ct);
        return body.Faults.Count > 0 ? Answer.Invalid(body.Faults) : refusal ?? Answer.Ok(view!);
    }

    private static Answer DoesNotFit(Policy policy, Debtor debtor) =>
        Answer.Unprocessable(new Fault("policy", "regimeDoesNotFit", $"'{policy.Name}' follows {policy.Regime}, which does not fit a debtor of kind {ApiJson.Name(debtor.Kind)}."));

    private async Task<Creditor> Creditor(ApiRequest r)
    {
        var id = PartyBody.Id(r.Body, "creditor") ?? r.Caller.OnlyCreditor ?? (r.Body.Member("invoice") is { } invoice ? PartyBody.Id(invoice, "creditor") : null);
        if (id is not null && r.Caller.Sees(id) && await registry.Creditors.Get(id, r.Ct) is { } found)
            return found.Value;
        if (id is not null)
            r.Body.Add("creditor", "unknownCreditor", $"'{id}' is not registered.");
        return new Creditor(id ?? "simulation", "Simulation");
    }

    private async Task<Policy?> Policy(BodyReader body, Registration? registration, Creditor creditor, CancellationToken ct)
    {
        if (body.IsObjectMember("policy"))
        {
            var policy = PolicyJson.Read(body.Member("policy")!);
            if (policy is not null)
                foreach (var fault in PolicyBook.MissingTexts(policy, policies.HasText))
                    body.Add($"policy.{fault.Path}", "unknownText", fault.Why);
            return policy;
        }
        var name = body.Text("policy", max: 60) ?? registration?.Policy;
        if (name is null && registration is not null)
            name = Registrar.DefaultPolicy(creditor, registration.Debtor);
        if (name is null)
            return null;
        if (await policies.Find(creditor.Id, name, null, ct) is { } found)
            return await policies.Get(found, ct);
        body.Add("policy", "unknownPolicy", $"there is no policy '{name}'.");
        return null;
    }

    // A date means the end of that local day.
    private static DateTimeOffset Until(BodyReader body, Policy? policy, DateTimeOffset from)
    {
        var (date, instant) = body.DateOrInstant("until");
        var until = date is { } day ? (policy?.Zone ?? Zone.Utc).Midnight(day.AddDays(1)).AddTicks(-1) : instant ?? from.AddDays(180);
        if (until < from)
            body.Add("until", "beforeRegistration", "must not be before registeredAt.");
        if (until > from.AddYears(10))
            body.Add("until", "tooFar", "must lie within ten years of registeredAt.");
        return until;
    }

    private static PlannedEvent Planned(BodyReader body, string path, DateTimeOffset registeredAt)
    {
        var at = body.Instant("at", required: true) ?? registeredAt;
        if (at < registeredAt)
            body.Add("at", "beforeRegistration", "must not be before registeredAt.");
        var type = body.Text("type", required: true, max: 30);
        if (type is not null && !Types.ContainsKey(type))
            body.Add("type", "unknownValue", $"must be one of {string.Join(", ", Types.Keys)}.");
        return new(at, path, body.Flag("override") == true, (folded, id) =>
        {
            var before = body.Faults.Count;
            var @event = Types[type!](body, folded);
            return body.Faults.Count > before || @event is null
                ? (null, Answer.Invalid(body.Faults))
                : (@event with { Id = @event is MessageBounced ? "" : body.Text("id", max: 100) ?? id }, null);
        });
    }

    private static MessageBounced? Bounce(BodyReader body, FoldedCase folded)
    {
        var (step, channel) = (body.Text("step"), body.Text("channel") ?? "email");
        var record = folded.File.Steps.LastOrDefault(s => (step is null || s.Id == step) && s.Legs.Any(l => MessageKey.Name(l.Channel) == channel && l.WasHeard));
        if (record is null)
            body.Add("step", "noSuchMessage", "names no message that has left by then.");
        return record is null ? null
            : new MessageBounced(new(folded.File.Id, record.Id, MessageKey.ChannelNamed(channel)!.Value, 1), body.Note("reason") ?? "simulated bounce");
    }

    private static DateOnly DateOf(BodyReader body, FoldedCase folded) =>
        body.Instant("at") is { } at ? folded.Policy.Zone.LocalDate(at) : folded.File.Invoice.DueDate;
}
