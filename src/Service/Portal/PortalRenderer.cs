using Dunning.Service.Browsing;
using Dunning.Service.Portal.Pages;
using Microsoft.AspNetCore.Components;

namespace Dunning.Service.Portal;

/// <summary>A page of the debtor, whole.</summary>
public sealed class PortalRenderer(SiteRenderer renderer)
{
    internal Task<byte[]> Render<T>(Reader reader, PortalCase? shown, string title, params (string Name, object? Value)[] parameters)
        where T : PortalComponent => Render(typeof(T), reader, shown, title, parameters);

    internal Task<byte[]> Render(Type page, Reader reader, PortalCase? shown, string title, params (string Name, object? Value)[] parameters) =>
        renderer.Render<PortalShell>(new Dictionary<string, object?>
        {
            ["R"] = reader,
            ["Case"] = shown,
            ["Title"] = title,
            ["Page"] = page,
            ["Parameters"] = parameters.ToDictionary(p => p.Name, p => p.Value!),
        });
}

/// <summary>A piece of a page, in the debtor's language.</summary>
public abstract class PortalComponent : ComponentBase
{
    [CascadingParameter]
    public Reader R { get; set; } = null!;

    protected string T(string french, string dutch, string english, string german) => R.T(french, dutch, english, german);
}
