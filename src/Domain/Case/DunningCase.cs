namespace Dunning.Domain;

public enum CaseStatus
{
    Scheduled,
    Reminding,
    FormalNotice,
    HandedOver,
    Promised,
    OnPlan,
    Disputed,
    Held,
    Insolvent,
    WrittenOff,
    Cancelled,
    Paid,
}

/// <summary>The workflow of one invoice. What is true of every case once registered is in its <see cref="CaseFile"/>.</summary>
public abstract record DunningCase
{
    private DunningCase()
    {
    }

    /// <summary>Nothing is known yet: only a registration means anything.</summary>
    public sealed record Unregistered : DunningCase
    {
        public static readonly Unregistered Instance = new();
    }

    /// <summary>Money is owed and somebody, a timer or a person, is on it.</summary>
    public sealed record Open(CaseFile File) : DunningCase;

    /// <summary>Nothing more leaves. Because is Paid, Cancelled or WrittenOff; a reversal re-opens a paid case where it was.</summary>
    public sealed record Closed(CaseFile File, CaseStatus Because, DateTimeOffset At) : DunningCase;

    public CaseFile? Known => this switch
    {
        Open open => open.File,
        Closed closed => closed.File,
        _ => null,
    };
}

/// <summary>What is known of a registered case. Everything to do and the next wake-up follow from it and its policy alone.</summary>
public sealed record CaseFile(
    string Id, string Creditor, Invoice Invoice, Debtor Debtor, PolicyRef Policy, DateTimeOffset RegisteredAt, Account Account)
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public Silences Silences { get; init; } = Silences.None;

    /// <summary>The steps decided or lapsed so far, in the order of the ladder.</summary>
    public Items<StepRecord> Steps { get; init; }

    /// <summary>The instant the case last stopped being blocked: nothing leaves before it.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>The policy it was registered under; null while it follows it still.</summary>
    public PolicyRef? MovedFrom { get; init; }

    public Stop? Stopped { get; init; }

    public Items<CaseTask> Tasks { get; init; }

    public int TasksOpened { get; init; }

    /// <summary>The ids of the facts applied.</summary>
    public Items<string> Applied { get; init; }

    public Items<string> Approved { get; init; }

    public Items<string> Hastened { get; init; }

    /// <summary>The channels whose address bounced, until the contact changes.</summary>
    public Items<Channel> BadAddresses { get; init; }

    /// <summary>When an open case at the end of its ladder is looked at again.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>When a person is told that the debt may lapse; null once they were.</summary>
    public DateTimeOffset? LimitationAlertAt { get; init; }

    /// <summary>The last day the debtor recognised the debt in writing, the time to sue still running; null if never.</summary>
    public DateOnly? RecognisedOn { get; init; }

    /// <summary>Every step happened or lapsed, and the creditor was asked what now.</summary>
    public bool LadderDone { get; init; }

    /// <summary>What was confirmed to the debtor beside the ladder. They are no steps: no gap counts from them, nothing waits for them.</summary>
    public Items<StepRecord> Confirmations { get; init; }

    /// <summary>What happened in court, in the order it was told.</summary>
    public Items<ProcedureEntry> Procedure { get; init; }

    /// <summary>The creditor was asked what becomes of the accessories, the principal being paid.</summary>
    public bool AccessoriesAsked { get; init; }

    public bool IsCancelled { get; init; }

    public bool IsWrittenOff { get; init; }

    /// <summary>Whatever may have been written to the debtor: the steps, then the confirmations. An index into it stays valid while the steps do.</summary>
    public Items<StepRecord> Written => Confirmations.Count == 0 ? Steps : [.. Steps, .. Confirmations];

    public Money Balance => Account.Balance;
}

/// <summary>Sending is stopped since an instant: messages stay pending and their retry clock pauses.</summary>
public sealed record Stop(StopCause Cause, DateTimeOffset Since);
