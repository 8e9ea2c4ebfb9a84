using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

public enum FieldKind
{
    Text,
    Lines,
    Amount,
    Date,
    Choice,
    Tick,

    /// <summary>A tick that answers yes or no.</summary>
    YesNo,

    /// <summary>Rows of a date and an amount.</summary>
    Instalments,
}

/// <summary>One thing an act asks for, under the API's own name for it; a point goes into an object.</summary>
public sealed record ActField(string Name, FieldKind Kind, string French, string English)
{
    public bool Required { get; init; }

    public (string French, string English)? Hint { get; init; }

    /// <summary>What stands in it to begin with; the text is what the act is about.</summary>
    public Func<CaseView, string?, string?>? Value { get; init; }

    public Func<Ui, CaseView, IEnumerable<(string Value, string Text)>>? Options { get; init; }

    /// <summary>Left empty, it takes away what was there.</summary>
    public bool Clears { get; init; }
}

/// <summary>Something a person does to a case: the operation it is, what it asks for, and what in the case it can be done to.</summary>
public sealed record CaseAct(string Name, string Operation, string Group, string French, string English, IReadOnlyList<ActField> Fields)
{
    /// <summary>The parameter of the route that names what it is about; null for the case itself.</summary>
    public string? About { get; init; }

    /// <summary>What it can be done to as the case stands; empty when it cannot. Null is the case itself.</summary>
    public Func<CaseView, IEnumerable<string?>> On { get; init; } = view => CaseActs.IsOpen(view) ? [null] : [];

    /// <summary>It is always confirmed. Another is where it closes the case, lets something leave at once, or ends what was agreed.</summary>
    public bool Binds { get; init; }

    /// <summary>What is sent with it unasked.</summary>
    public (string Name, string Value)? Says { get; init; }

    /// <summary>The step whose words are shown beside the form.</summary>
    public Func<string, string>? Shows { get; init; }

    /// <summary>Offered where its task stands, and not among the acts.</summary>
    public bool OfTask { get; init; }

    public string Title(Ui ui) => ui.Say(French, English);

    public bool Asks(ConsequenceView foreseen) =>
        Binds || foreseen.LeavesNow.Count > 0 || (Group != CaseActs.Money && foreseen.SilencesEnded.Any(s => s.Kind is "promise" or "plan")) || (foreseen.After.Status != foreseen.Before.Status && !CaseActs.IsOpen(foreseen.After.Status));
}
