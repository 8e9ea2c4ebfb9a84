namespace Dunning.Domain;

/// <summary>One turn of the decider: the file as it changes, the commands that come of it, and what the rules need to ask.</summary>
internal sealed class Turn
{
    private readonly DunningCase? _before;
    private Items<CaseCommand> _commands;
    private CaseStatus? _closedBecause;
    private DateTimeOffset _closedAt;
    private (CaseFile? Of, Rung? Rung) _rung;
    private (CaseFile? Of, WaitReason Reason) _waits;
    private CaseFile? _alarmOf;
    private Alarm? _alarm;

    public Turn(DunningCase state, Policy policy, DateTimeOffset now)
    {
        _before = state;
        File = state.Known ?? throw new ArgumentException("A turn needs a registered case.", nameof(state));
        Policy = policy;
        Now = now;
        if (state is DunningCase.Closed closed)
            (_closedBecause, _closedAt) = (closed.Because, closed.At);
    }

    /// <summary>The first turn of a case: whatever it decides is new.</summary>
    public Turn(CaseFile file, Policy policy, DateTimeOffset now) => (File, Policy, Now) = (file, policy, now);

    public CaseFile File { get; set; }

    public Silences Silences
    {
        get => File.Silences;
        set => File = File with { Silences = value };
    }

    public Policy Policy { get; }

    /// <summary>The instant being lived: the turn's own, or an alarm's while it rings.</summary>
    public DateTimeOffset Now { get; private set; }

    public DateOnly Today => Policy.Zone.LocalDate(Now);

    public bool IsOpen => _closedBecause is null;

    // The rung, the reason and the alarm are asked several times a turn and are functions of the file: worked out once for each.
    public Rung? RungAtHand => (ReferenceEquals(_rung.Of, File) ? _rung : _rung = (File, Schedule.RungAtHand(File, Policy))).Rung;

    public WaitReason WaitsFor => (ReferenceEquals(_waits.Of, File) ? _waits : _waits = (File, Waiting.Of(File, Policy, RungAtHand))).Reason;

    public Alarm? NextAlarm
    {
        get
        {
            if (!ReferenceEquals(_alarmOf, File))
                (_alarmOf, _alarm) = (File, Alarms.Next(File, Policy, RungAtHand));
            return _alarm;
        }
    }

    public Money Tolerance => Policy.ToleranceIn(File.Invoice.Amount.Currency);

    public BusinessCalendar Calendar => BusinessCalendar.Of(File.Debtor, Policy.Calendar);

    /// <summary>
    /// Lets something happen at an instant, then draws the consequences that hold for every event alike: a case closes or re-opens
    /// with its balance, an unsent step is reconsidered, and a case that stopped being blocked speaks no earlier than now.
    /// </summary>
    public void Step<T>(DateTimeOffset at, Action<Turn, T> happen, T what)
    {
        var (file, resume) = (File, Now);
        Now = at;
        var waited = IsOpen && WaitsFor != WaitReason.Nothing;
        happen(this, what);
        if (!ReferenceEquals(file, File))
            Follow(waited);
        Now = resume;
    }

    /// <summary>The consequences of whatever changed the file.</summary>
    public void Follow(bool waited = false)
    {
        Closing.Follow(this);
        if (!IsOpen)
            return;
        Climbing.Reconsider(this);
        if (WaitsFor != WaitReason.Nothing)
            return;
        if (waited)
            File = File with { NotBefore = Max(File.NotBefore, Now) };
        Climbing.FinishLadder(this);
    }

    public void Close(CaseStatus because)
    {
        if (_closedBecause is null)
            _closedAt = Now;
        _closedBecause = because;
    }

    public void Reopen()
    {
        _closedBecause = null;
        File = File with { NotBefore = Max(File.NotBefore, Now), LadderDone = false, ReviewAt = null };
    }

    public void Do(CaseCommand command) => _commands = _commands.And(command);

    public CaseTask OpenTask(TaskKind kind, string? subject, DateOnly? dueOn = null, string? note = null)
    {
        var number = File.TasksOpened + 1;
        var task = new CaseTask($"{File.Id}~{number}", kind, subject, Now) { DueOn = dueOn, Note = note };
        File = File with { Tasks = File.Tasks.And(task), TasksOpened = number };
        Do(kind switch
        {
            TaskKind.HandOver => new CaseCommand.HandOver(task),
            TaskKind.PlanBroken => new CaseCommand.NotifyCreditor(task),
            _ => new CaseCommand.OpenTask(task),
        });
        return task;
    }

    public bool HasTask(TaskKind kind, string? subject = null)
    {
        foreach (var task in File.Tasks)
            if (IsTask(task, kind, subject))
                return true;
        return false;
    }

    public void CloseTasks(Func<CaseTask, bool> which)
    {
        for (var i = File.Tasks.Count - 1; i >= 0; i--)
            if (which(File.Tasks[i]))
                File = File with { Tasks = File.Tasks.Without(i) };
    }

    public void CloseTasks(TaskKind kind, string? subject = null)
    {
        for (var i = File.Tasks.Count - 1; i >= 0; i--)
            if (IsTask(File.Tasks[i], kind, subject))
                File = File with { Tasks = File.Tasks.Without(i) };
    }

    public Decision Decided()
    {
        if (_before is not null && ReferenceEquals(File, _before.Known) && _closedBecause == (_before as DunningCase.Closed)?.Because)
            return new(_before, []);
        return new(_closedBecause is { } because ? new DunningCase.Closed(File, because, _closedAt) : new DunningCase.Open(File), _commands);
    }

    private static bool IsTask(CaseTask task, TaskKind kind, string? subject) =>
        task.Kind == kind && (subject is null || task.Subject == subject);

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
