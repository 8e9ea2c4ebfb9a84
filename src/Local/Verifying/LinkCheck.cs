using Dunning.Local.Commands;

namespace Dunning.Local.Verifying;

/// <summary>Rows that belong to a case that is not there: events, messages and tasks are never without theirs.</summary>
internal sealed class LinkCheck : IStoreCheck
{
    private static readonly (string Sql, Said What)[] Orphans =
    [
        ("SELECT DISTINCT no >> 20 FROM events WHERE no >> 20 NOT IN (SELECT no FROM cases)", new("has a log, and is gone itself", "a un journal, et a disparu")),
        ("SELECT DISTINCT case_no FROM messages WHERE case_no NOT IN (SELECT no FROM cases)", new("has messages, and is gone itself", "a des messages, et a disparu")),
        ("SELECT DISTINCT case_no FROM tasks WHERE case_no NOT IN (SELECT no FROM cases)", new("has tasks, and is gone itself", "a des tâches, et a disparu")),
    ];

    public string Name => "links";

    public Said Title => new("What belongs to cases", "Ce qui tient aux dossiers");

    public IEnumerable<Finding> Run(StoreUnderCheck store, IProgress<Portion> progress)
    {
        progress.Report(new(0, Orphans.Length + 1));
        using (var keys = store.Database.Prepare("PRAGMA foreign_key_check"))
            while (keys.Step())
                yield return new(Name, null, new($"a row of {keys.Text(0)} names one of {keys.Text(2)} that is not there", $"une ligne de {keys.Text(0)} en nomme une de {keys.Text(2)} qui n’existe pas"));
        for (var i = 0; i < Orphans.Length; i++)
        {
            progress.Report(new(i + 1, Orphans.Length + 1));
            using var select = store.Database.Prepare(Orphans[i].Sql);
            while (select.Step())
                yield return new(Name, $"no. {select.Text(0)}", Orphans[i].What);
        }
        progress.Report(new(Orphans.Length + 1, Orphans.Length + 1));
    }
}
