using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain;

/// <summary>What happens in court is recorded, and a person is told before a term ends. It decides nothing about the ladder.</summary>
internal static class ProcedureFacts
{
    /// <summary>A new stage of a procedure answers the term of the one before it.</summary>
    public static void Record(Turn turn, ProcedureRecorded recorded)
    {
        var term = ProcedureTerms.After(recorded.Procedure, recorded.Stage, recorded.On, turn.Calendar);
        var entry = new ProcedureEntry(recorded.Id, recorded.Procedure, recorded.Stage, recorded.On, recorded.Reference)
        {
            Term = term?.LastDay,
            WarnAt = term is { } t ? turn.Policy.Zone.Midnight(t.LastDay.AddDays(-t.WarnDays)) : null,
        };
        foreach (var past in turn.File.Procedure)
            if (past.Procedure == recorded.Procedure)
                turn.CloseTasks(TaskKind.ProcedureTerm, past.Id);
        turn.File = turn.File with
        {
            Procedure = [.. turn.File.Procedure.Select(p => p.Procedure == recorded.Procedure ? p with { WarnAt = null } : p), entry],
        };
    }

    /// <summary>A case that closes takes its questions away; the terms go on, and are told again should it open again.</summary>
    public static void WarnAgain(Turn turn)
    {
        for (var i = 0; i < turn.File.Procedure.Count; i++)
            if (turn.HasTask(TaskKind.ProcedureTerm, turn.File.Procedure[i].Id))
                turn.File = turn.File with { Procedure = turn.File.Procedure.With(i, turn.File.Procedure[i] with { WarnAt = turn.Now }) };
    }

    public static void Warn(Turn turn, int index)
    {
        var entry = turn.File.Procedure[index];
        turn.File = turn.File with { Procedure = turn.File.Procedure.With(index, entry with { WarnAt = null }) };
        var act = ProcedureTerms.After(entry.Procedure, entry.Stage, entry.On, turn.Calendar)?.Act;
        turn.OpenTask(TaskKind.ProcedureTerm, entry.Id, entry.Term, act);
    }
}
