using System.Text.Json;
using Dunning.Local.Tests.Api;
using Microsoft.Playwright;

namespace Dunning.Local.Tests.Browser;

/// <summary>What people do with a page, and what is judged of it.</summary>
public static class Reader
{
    private static readonly string? AxeFile = FindAxe();

    public static async Task SignIn(this IPage page, string key = TestHost.Key)
    {
        await page.GotoAsync("/console");
        await page.Locator("#key").FillAsync(key);
        await page.Locator("#key").FocusAsync();
        await page.Enter();
    }

    /// <summary>Presses Enter on what has the focus, and waits for the page it leads to. Nothing is missed, however fast that page is there.</summary>
    public static async Task Enter(this IPage page)
    {
        await page.EvaluateAsync("() => { window.isBefore = true; }");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => !window.isBefore && document.readyState === 'complete'");
    }

    /// <summary>Collects what the browser complains of: scripts and styles the policy of the page forbids, errors, files that are not there.</summary>
    public static List<string> Complaints(this IPage page)
    {
        var heard = new List<string>();
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning")
                heard.Add(said.Text);
        };
        page.PageError += (_, error) => heard.Add(error);
        return heard;
    }

    /// <summary>How far the page is wider than its window, in CSS pixels.</summary>
    public static Task<int> Overflow(this IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>
    /// What axe-core finds against WCAG 2.2 A and AA and its best practices: rule, and the elements it is broken on. Frames hold what was sent to debtors, and run no script: it cannot look inside.
    /// </summary>
    public static async Task<string[]> AccessibilityFaults(this IPage page)
    {
        Assert.SkipWhen(AxeFile is null, "axe-core is not installed: run npm ci in tests/Local.Tests/Browser.");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(await File.ReadAllTextAsync(AxeFile!));
        var found = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(v => ({ rule: v.id, where: v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')) }))");
        return [.. found.EnumerateArray().Select(v => $"{v.GetProperty("rule").GetString()}: {string.Join(" | ", v.GetProperty("where").EnumerateArray().Take(3).Select(w => w.GetString()))}")];
    }

    // From the folder of the built tests up to the project's, where npm puts it.
    private static string? FindAxe()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "Browser", "node_modules", "axe-core", "axe.min.js") is var file && File.Exists(file))
                return file;
        return null;
    }
}
