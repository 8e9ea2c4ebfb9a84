using Dunning.Domain;

namespace Dunning.Service.Rendering;

/// <summary>How firmly a reminder speaks, the mildest first. The texts that are reminders in one of these tones may be said in one breath.</summary>
internal enum Tone
{
    Courtesy,
    First,
    Firm,
    Final,
}

internal static class Tones
{
    /// <summary>Null for a text that is no ordinary reminder.</summary>
    public static Tone? Of(StepRecord step) => step.Template switch
    {
        "courtesy" => Tone.Courtesy,
        "first-reminder" => Tone.First,
        "firm-reminder" => Tone.Firm,
        "final-reminder" => Tone.Final,
        _ => null,
    };
}
