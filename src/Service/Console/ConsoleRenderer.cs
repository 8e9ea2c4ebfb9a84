using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Console;

/// <summary>Components to HTML, on the server, once: what is sent is what is seen.</summary>
public sealed class ConsoleRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<byte[]> Render(Ui ui, string title, Type page, IReadOnlyDictionary<string, object?> parameters, bool isDoor = false)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ConsoleShell>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Ui"] = ui,
            ["Title"] = title,
            ["Page"] = page,
            ["Parameters"] = parameters.ToDictionary(p => p.Key, p => p.Value!),
            ["IsDoor"] = isDoor,
        }))).ToHtmlString());
        return Encoding.UTF8.GetBytes(html);
    }
}
