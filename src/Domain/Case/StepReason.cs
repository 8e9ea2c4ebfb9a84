namespace Dunning.Domain;

/// <summary>Why a step, or a message of one, did not happen as planned, where the engine itself says so: as it is kept on the record.</summary>
public static class StepReason
{
    /// <summary>A courtesy reminder lapses once the invoice is due.</summary>
    public const string DueDateCame = "the due date came first";

    public const string SentBefore = "the case came with reminders already sent";

    public const string BalanceTooSmall = "the balance is below what this step asks for";

    /// <summary>The new policy would speak more mildly than the case was spoken to already.</summary>
    public const string ClimbedFurther = "the case had climbed further under its earlier policy";

    /// <summary>By a person; a reason may follow, after a colon.</summary>
    public const string Rejected = "rejected";

    public const string NoAddress = "no usable address";

    public const string CallNotMade = "not made";

    public const string CallDone = "done";

    /// <summary>What a letter that came back says.</summary>
    public const string LetterRefused = "refused";

    public const string LetterUnclaimed = "unclaimed";

    public const string UnknownAddress = "unknownAddress";
}
