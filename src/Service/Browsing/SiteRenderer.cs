using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Browsing;

/// <summary>Components to HTML, on the server, once: what is sent is what is seen, and nothing of it runs in a browser.</summary>
public sealed class SiteRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<byte[]> Render<TDocument>(IDictionary<string, object?> parameters)
        where TDocument : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return Encoding.UTF8.GetBytes(await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TDocument>(ParameterView.FromDictionary(parameters))).ToHtmlString()));
    }
}
