using Dunning.Domain;

namespace Dunning.Service.Console.Settings;

/// <summary>What one version of a policy changes against another, term by term and step by step.</summary>
public static class PolicyChanges
{
    public static IReadOnlyList<string> Of(Ui ui, Policy before, Policy after)
    {
        var changes = new List<string>();
        var (old, now) = (PolicyWords.Terms(ui, before).ToDictionary(t => t.Name, t => t.Words), PolicyWords.Terms(ui, after).ToDictionary(t => t.Name, t => t.Words));
        foreach (var name in old.Keys.Union(now.Keys))
            if (old.GetValueOrDefault(name) is var was && now.GetValueOrDefault(name) is var isNow && was != isNow)
                changes.Add(Line(ui, name, was, isNow));
        foreach (var step in before.Steps.Where(s => after.Steps.All(a => a.Id != s.Id)))
            changes.Add(ui.Say($"L’étape «\u00A0{step.Id}\u00A0» disparaît ({Whole(ui, step)}).", $"The step “{step.Id}” goes ({Whole(ui, step)})."));
        foreach (var step in after.Steps)
            if (before.Steps.FirstOrDefault(b => b.Id == step.Id) is not { } same)
                changes.Add(ui.Say($"Nouvelle étape «\u00A0{step.Id}\u00A0»\u00A0: {Whole(ui, step)}.", $"New step “{step.Id}”: {Whole(ui, step)}."));
            else
                changes.AddRange(Of(ui, same, step));
        return changes;
    }

    private static IEnumerable<string> Of(Ui ui, PolicyStep old, PolicyStep now)
    {
        var name = ui.Say($"Étape «\u00A0{now.Id}\u00A0»", $"Step “{now.Id}”");
        if (now.Offset != old.Offset)
        {
            var days = Math.Abs(now.Offset - old.Offset);
            yield return ui.Say($"{name}\u00A0: {ui.Days(days)} plus {(now.Offset < old.Offset ? "tôt" : "tard")}, {ui.Offset(now.Offset)} au lieu de {ui.Offset(old.Offset)}.", $"{name}: {ui.Days(days)} {(now.Offset < old.Offset ? "earlier" : "later")}, {ui.Offset(now.Offset)} instead of {ui.Offset(old.Offset)}.");
        }
        var (was, isNow) = (With(ui, old), With(ui, now));
        if (was != isNow)
            yield return Line(ui, name, was, isNow);
    }

    private static string Line(Ui ui, string name, string? was, string? isNow) => ui.Say($"{name}\u00A0: {isNow ?? "—"} (avant\u00A0: {was ?? "—"}).", $"{name}: {isNow ?? "—"} (before: {was ?? "—"}).");

    private static string Whole(Ui ui, PolicyStep step) => $"{ui.Offset(step.Offset)}, {With(ui, step)}";

    private static string With(Ui ui, PolicyStep step) => string.Join(", ", PolicyWords.Conditions(ui, step).Prepend(PolicyWords.Step(ui, step)));
}
