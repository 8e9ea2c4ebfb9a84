using Dunning.Service.Engine;

namespace Dunning.Service.Events;

/// <summary>
/// What a commit announces: a function of the events it folds and adds, and of nothing else. Each event of a log is folded by one commit, ever, so each piece of news
/// is announced once. A registration announces nothing: the platform told it.
/// </summary>
public static class Announcing
{
    public static IReadOnlyList<Announcement> Of(CaseCommit commit)
    {
        if (commit.Changes.Count == 0)
            return [];
        var said = new List<Announcement>();
        foreach (var change in commit.Changes)
            said.AddRange(Of(change));
        return said;
    }

    public static IReadOnlyList<Announcement> Of(CaseChange change)
    {
        if (change.Before.Known is null || ReferenceEquals(change.Before, change.After))
            return [];
        var saying = new Saying(change);
        FactNews.Say(saying);
        MessageNews.Say(saying);
        SilenceNews.Say(saying);
        TaskNews.Say(saying);
        InvoiceNews.Say(saying);
        return saying.Said;
    }
}
