namespace Dunning.Domain;

/// <summary>What must be done in the world. Plain data, named by a key derived from the case: the same decision, the same key.</summary>
public abstract record CaseCommand
{
    private CaseCommand()
    {
    }

    public abstract string Key { get; }

    public sealed record SendEmail(MessageKey Message) : CaseCommand
    {
        public override string Key => Message.ToString();
    }

    public sealed record SendSms(MessageKey Message) : CaseCommand
    {
        public override string Key => Message.ToString();
    }

    public sealed record IssueLetter(MessageKey Message, bool Registered) : CaseCommand
    {
        public override string Key => Message.ToString();
    }

    public sealed record OpenTask(CaseTask Task) : CaseCommand
    {
        public override string Key => Task.Id;
    }

    /// <summary>Something the creditor must know; it stays in front of them as a task until they have read it.</summary>
    public sealed record NotifyCreditor(CaseTask Task) : CaseCommand
    {
        public override string Key => Task.Id;
    }

    /// <summary>The case goes to a collection agency or a lawyer: done by a person.</summary>
    public sealed record HandOver(CaseTask Task) : CaseCommand
    {
        public override string Key => Task.Id;
    }

    public static CaseCommand Send(MessageKey key, bool registered) => key.Channel switch
    {
        Channel.Email => new SendEmail(key),
        Channel.Sms => new SendSms(key),
        _ => new IssueLetter(key, registered),
    };
}

/// <summary>What is asked of a person. Stored as a number: what is new comes last.</summary>
public enum TaskKind
{
    Call,
    HandOver,
    MissingAddress,
    InvoiceNotSent,
    Approval,
    UncertainMessage,
    RefusedMessage,
    BouncedMessage,
    UndeliverableMessage,
    UnpostedLetter,
    HoldReview,
    DisputeReview,
    Reply,
    PlanProposal,
    PlanBroken,
    PossibleDuplicate,
    DeclareClaim,
    WhatNow,

    /// <summary>The credit insurer is to be told of the unpaid invoice.</summary>
    InsurerDeclaration,

    /// <summary>A term of a court procedure is about to end.</summary>
    ProcedureTerm,

    /// <summary>The principal is paid, the interest and the indemnity that were claimed are not.</summary>
    AccessoriesOwed,

    /// <summary>An acknowledged event could not be read or applied. Subject is its number in the log.</summary>
    EventSetAside,

    /// <summary>The debt may lapse on DueOn: sue, or have it recognised, before.</summary>
    Limitation,
}

/// <summary>Something that waits for a person. Subject is the step, message, dispute, reply or payment it is about.</summary>
public sealed record CaseTask(string Id, TaskKind Kind, string? Subject, DateTimeOffset OpenedAt)
{
    public DateOnly? DueOn { get; init; }

    public string? Note { get; init; }
}
