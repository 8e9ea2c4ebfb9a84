using Dunning.Domain;

namespace Dunning.Service.Bank;

/// <summary>What a line of a statement says happened to the account.</summary>
public enum Movement
{
    /// <summary>Money of somebody else's came in.</summary>
    Credit,

    /// <summary>A credit told before was taken back: a direct debit returned, a transfer recalled, a booking reversed.</summary>
    Return,

    /// <summary>Money went out, or came back to the account it went out from: no debtor paid anything.</summary>
    Other,
}

/// <summary>
/// One movement of an account as its bank tells it: an entry, or one transaction of a batch. Texts are as written, trimmed; Line and Entry say where it
/// stands in the file (Entry counts from 1, Part from 1 within a batch of Parts).
/// </summary>
public sealed record BankLine(int Line, int Entry, Movement Movement, Money Amount)
{
    /// <summary>camt.053, camt.054 or csv: the same credit told by two kinds is one credit.</summary>
    public string Kind { get; init; } = "";

    public string? Statement { get; init; }

    /// <summary>The account the money came to, canonical; null when the file does not say.</summary>
    public string? Account { get; init; }

    public DateOnly? BookedOn { get; init; }

    public DateOnly? ValueDate { get; init; }

    /// <summary>From when the money is the creditor's: its value date, else the day it was booked.</summary>
    public DateOnly? Date => ValueDate ?? BookedOn;

    /// <summary>The reference the bank gave the entry: the same in a notification and in the statement after it.</summary>
    public string? BankReference { get; init; }

    public int Part { get; init; } = 1;

    public int Parts { get; init; } = 1;

    /// <summary>Null when the payer gave none (NOTPROVIDED).</summary>
    public string? EndToEndId { get; init; }

    /// <summary>Structured references to the creditor: RF (SCOR), Belgian (BBA), or the creditor's own.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Numbers of the documents that are paid, as the payer's program wrote them.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>All free text, joined.</summary>
    public string Text { get; init; } = "";

    public string? PayerName { get; init; }

    public string? PayerIban { get; init; }

    /// <summary>Why nothing may be applied by itself, whatever matches: the file leaves something open.</summary>
    public string? Doubt { get; init; }

    /// <summary>Why a movement is none to be looked at (pending, our own payment returned).</summary>
    public string? Why { get; init; }
}

/// <summary>What a statement is read into, one after the other.</summary>
public abstract record StatementPart
{
    private StatementPart()
    {
    }

    public sealed record Read(BankLine Line) : StatementPart;

    /// <summary>An entry that cannot be read; the others stand.</summary>
    public sealed record Broken(int Line, int Entry, IReadOnlyList<Fault> Faults) : StatementPart;

    /// <summary>A statement ended, whole: the books of the account are known until that day. Null when it does not say.</summary>
    public sealed record Ended(string? Account, DateOnly? AsOf) : StatementPart;
}

/// <summary>The file cannot be read, from a line on; what came before it was read.</summary>
public sealed class StatementRefused(string code, string message, int line = 0)
    : Exception(line > 0 ? $"{message} (line {line})" : message)
{
    public string Code => code;

    public int Line => line;

    public Fault Fault => new("file", code, Message);
}
