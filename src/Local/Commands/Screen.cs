using System.Text.Json;
using Dunning.Service.Api;
using Spectre.Console;

namespace Dunning.Local.Commands;

/// <summary>
/// Where a command shows what it found: tables and progress for a person; for a program JSON alone, with whatever else there is to say on the error output.
/// </summary>
internal sealed class Screen
{
    private readonly Surroundings _around;
    private readonly IAnsiConsole _console;

    public Screen(Surroundings around, bool json, Words words)
    {
        (_around, Json, Words) = (around, json || around.Piped, words);
        var plain = around.Piped || around.Variable("NO_COLOR") is { Length: > 0 };
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(around.Out),
            ColorSystem = plain ? ColorSystemSupport.NoColors : around.Moves ? ColorSystemSupport.Standard : ColorSystemSupport.Detect,
            Ansi = around.Moves ? AnsiSupport.Yes : AnsiSupport.Detect,
            Interactive = around.Moves ? InteractionSupport.Yes : InteractionSupport.Detect,
        });
        if (around.Width is { } width)
            _console.Profile.Width = width;
    }

    /// <summary>A program reads: every document goes out as JSON, and nothing else does.</summary>
    public bool Json { get; }

    public Words Words { get; }

    /// <summary>One line of JSON.</summary>
    public void Write<T>(T document) => _around.Out.WriteLine(JsonSerializer.Serialize(document, ApiJson.Options));

    public void Show(Spectre.Console.Rendering.IRenderable shown) => _console.Write(shown);

    /// <summary>A line for the person; a program is not told.</summary>
    public void Say(string line = "")
    {
        if (!Json)
            _console.WriteLine(line);
    }

    /// <summary>Something whoever called must know, whatever reads the output.</summary>
    public void Warn(string line) => _around.Error.WriteLine(Cells.Clean(line));

    /// <summary>Long work in named parts, with a bar for each before a person's eyes.</summary>
    public async Task<T> Track<T>(IReadOnlyList<string> parts, Func<IReadOnlyList<IProgress<Portion>>, Task<T>> work)
    {
        if (Json)
            return await work([.. parts.Select(_ => new Bar(null))]);
        return await _console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PortionColumn(Words))
            .StartAsync(context => work([.. parts.Select(p => new Bar(context.AddTask(Markup.Escape(p), autoStart: false)))]));
    }

    private sealed class Bar(ProgressTask? task) : IProgress<Portion>
    {
        public void Report(Portion value)
        {
            if (task is null)
                return;
            if (!task.IsStarted)
                task.StartTask();
            task.IsIndeterminate = value.Of is null;
            // Nothing to do is done: a bar over nothing would never end.
            (task.MaxValue, task.Value) = value.Of is { } of ? (Math.Max(of, 1), of == 0 ? 1 : value.Done) : (100, 0);
        }
    }
}
