namespace Dunning.Simulation;

/// <summary>How much of everything a run must go through before its passing means anything, for so many seeds.</summary>
internal static class Floors
{
    private static readonly string[] Facts =
    [
        "PaymentReceived", "PaymentReversed", "PaymentPending", "CreditNoteIssued", "InvoiceAmended", "PromiseMade", "PlanAgreed", "PlanProposed",
        "DisputeOpened", "DisputeResolved", "Held", "Released", "ReplyReceived", "ReplyClassified", "ContactChanged", "DueDateChanged",
        "StepApproved", "StepRejected", "StepHastened", "Cancelled", "WrittenOff", "InsolvencyOpened", "TaskDone",
        "LetterPosted", "MessageBounced", "MessageDelivered", "ResendAsked",
    ];

    private static readonly (string What, double PerSeed)[] Others =
    [
        ("sends", 3), ("sends joined", 0.1), ("sends near a clock change", 0.03), ("sends at a year's end", 0.03), ("crashes", 2), ("claims lost to a race", 0.5),
        ("races", 1), ("recoveries", 0.25), ("asked", 0.5), ("duplicates", 3), ("disk full", 0.5), ("downtimes", 0.5), ("stops", 0.5),
        ("resumed", 0.03), ("provider answer lost", 0.1), ("provider late", 0.1), ("provider refused", 0.1), ("provider throttled", 0.3),
        ("closed Paid", 1), ("closed Cancelled", 0.01), ("closed WrittenOff", 0.01),
    ];

    public static IReadOnlyList<string> Missed(Tally tally, long seeds) =>
    [
        .. Facts.Select(fact => ($"fact {fact}", 0.03)).Concat(Others)
            .Where(floor => tally[floor.Item1] < floor.Item2 * seeds)
            .Select(floor => $"{floor.Item1}: {tally[floor.Item1]} in {seeds} seeds"),
    ];
}
