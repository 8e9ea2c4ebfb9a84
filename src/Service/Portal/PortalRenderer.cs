using System.Text;
using Dunning.Service.Portal.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Portal;

/// <summary>Components to HTML, on the server, once: nothing of it runs in a browser.</summary>
public sealed class PortalRenderer(IServiceProvider services, ILoggerFactory logs)
{
    internal Task<byte[]> Render<T>(Reader reader, PortalCase? shown, string title, params (string Name, object? Value)[] parameters)
        where T : PortalComponent => Render(typeof(T), reader, shown, title, parameters);

    internal async Task<byte[]> Render(Type page, Reader reader, PortalCase? shown, string title, params (string Name, object? Value)[] parameters)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<PortalShell>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["R"] = reader,
            ["Case"] = shown,
            ["Title"] = title,
            ["Page"] = page,
            ["Parameters"] = parameters.ToDictionary(p => p.Name, p => p.Value!),
        }))).ToHtmlString());
        return Encoding.UTF8.GetBytes(html);
    }
}

/// <summary>A piece of a page, in the debtor's language.</summary>
public abstract class PortalComponent : ComponentBase
{
    [CascadingParameter]
    public Reader R { get; set; } = null!;

    protected string T(string french, string dutch, string english, string german) => R.T(french, dutch, english, german);
}
