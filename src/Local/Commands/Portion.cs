using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dunning.Local.Commands;

/// <summary>How much of long work is done, in whatever it is counted in; Of is null while nobody knows how much there is.</summary>
public readonly record struct Portion(long Done, long? Of);

/// <summary>The share that is done, as the operator's language writes it.</summary>
internal sealed class PortionColumn(Words words) : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(
        !task.IsStarted ? "" : task.IsIndeterminate ? "…" : words.Count((long)Math.Floor(task.Percentage)) + words.Say("%", "\u00A0%"));
}
