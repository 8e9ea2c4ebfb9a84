using Dunning.Service.Browsing;

namespace Dunning.Service.Console;

/// <summary>A page of the console, whole.</summary>
public sealed class ConsoleRenderer(SiteRenderer renderer)
{
    public Task<byte[]> Render(Ui ui, string title, Type page, IReadOnlyDictionary<string, object?> parameters, bool isDoor = false) => renderer.Render<ConsoleShell>(new Dictionary<string, object?>
    {
        ["Ui"] = ui,
        ["Title"] = title,
        ["Page"] = page,
        ["Parameters"] = parameters.ToDictionary(p => p.Key, p => p.Value!),
        ["IsDoor"] = isDoor,
    });
}
