using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.Channel;

namespace Dunning.Simulation;

/// <summary>The policies of the simulation: some like those shipped, some at the edge of what is allowed.</summary>
internal sealed class Ladders(Func<PolicyDraft, PolicyDraft> change) : IPolicyBook
{
    private static readonly PolicyDraft Business = new()
    {
        Name = "fr-b2b",
        Version = 1,
        Regime = "fr-b2b",
        TimeZone = "Europe/Paris",
        Calendar = "FR",
        SendAt = new(9, 0),
        WindowFrom = new(8, 30),
        WindowTo = new(18, 0),
        Steps =
        [
            new("courtesy", -3, [Email]) { Template = "courtesy" },
            new("first", 7, [Email]) { Template = "first-reminder" },
            new("second", 15, [Email, Sms]) { Template = "firm-reminder" },
            new("call", 22, [Call]),
            new("formal-notice", 30, [Letter, Email]) { Template = "formal-notice", DeadlineDays = 8 },
            new("hand-over", 45, [Handover]) { Approval = true },
        ],
    };

    private static readonly PolicyDraft[] Drafts =
    [
        Business,
        Business with
        {
            Name = "consumers", Regime = "fr-b2c", Promise = new(3, 1, 20),
            Steps =
            [
                new("first", 7, [Email, Sms]) { Template = "first-reminder" },
                new("notice", 20, [Letter, Email]) { Template = "formal-notice", DeadlineDays = 15 },
            ],
        },
        Business with
        {
            Name = "hurried", TimeZone = "Europe/Brussels", Calendar = "BE", Regime = "be-b2b", MinimumGapDays = 1, Tolerance = 0m,
            WindowFrom = new(7, 0), WindowTo = new(21, 0), SendAt = new(7, 0),
            Steps =
            [
                new("soon", -1, [Sms]) { Template = "courtesy" },
                new("daily", 1, [Email, Sms]) { Template = "first-reminder", Repeat = new(2, 4) },
                new("notice", 12, [Email]) { Template = "formal-notice", DeadlineDays = 3 },
                new("last", 14, [Email, Letter]) { Template = "formal-notice", DeadlineDays = 2, Registered = false },
            ],
        },
        Business with
        {
            Name = "notice-first", QuietPeriods = [new(new(2026, 12, 24), new(2027, 1, 3)), new(new(2026, 8, 1), new(2026, 8, 20))],
            Steps =
            [
                new("big-only", 2, [Email]) { Template = "first-reminder", MinBalance = 500m },
                new("notice", 5, [Email, Letter]) { Template = "formal-notice", DeadlineDays = 8 },
                new("agency", 20, [Handover]) { Approval = false },
            ],
        },
        Business with
        {
            // Clocks change there at midnight, on a working day.
            Name = "midnight", TimeZone = "Africa/Cairo", MinimumGapDays = 3,
            SendAt = new(0, 30), WindowFrom = new(0, 0), WindowTo = new(23, 59),
            Plan = new(GraceDays: 0), Promise = new(0, 2, 30),
            Steps =
            [
                new("before", -10, [Email, Sms]) { Template = "courtesy" },
                new("first", 0, [Email]) { Template = "first-reminder" },
                new("approved", 4, [Email, Sms, Letter]) { Template = "firm-reminder", Approval = true },
                new("call", 8, [Call, Sms]) { Template = "firm-reminder" },
            ],
        },
    ];

    private readonly Dictionary<PolicyRef, Policy> _policies = Drafts.ToDictionary(
        d => new PolicyRef(d.Name!, d.Version!.Value),
        d => Valid(change(d)));

    public IReadOnlyList<Policy> All => [.. _policies.Values];

    public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(_policies[policy]);

    public Policy Of(CaseFile file) => _policies[file.Policy];

    private static Policy Valid(PolicyDraft draft) => PolicyRules.Validate(draft, out var faults)
        ?? throw new InvalidOperationException($"{draft.Name}: {string.Join("; ", faults)}");
}
