using Microsoft.Playwright;

namespace Dunning.Local.Tests.Browser;

/// <summary>The browser of this machine, started once for the tests of a collection. Where none is installed they are skipped, and say so.</summary>
public sealed class MachineBrowser : IAsyncLifetime
{
    // The one without windows first: it needs half the time.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the browser is: said by DUNNING_BROWSER, or found on the path.</summary>
    private static string? Program => Environment.GetEnvironmentVariable("DUNNING_BROWSER") is { Length: > 0 } said
        ? said
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        // In a container there is one user, and the browser's own sandbox refuses to run for it.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Environment.UserName == "root" ? ["--no-sandbox", "--lang=en-US"] : ["--lang=en-US"] });
    }

    /// <summary>A window nobody has used before, <paramref name="width"/> CSS pixels wide.</summary>
    public async Task<IPage> Open(Uri at, string language = "fr", int width = 1200)
    {
        Assert.SkipWhen(_browser is null, "No browser is installed here (chromium-headless-shell or chromium, or the path in DUNNING_BROWSER): this test needs one.");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = at.ToString(),
            Locale = language == "fr" ? "fr-FR" : "en-GB",
            ViewportSize = new() { Width = width, Height = 900 },
        });
        // Two processors may be shared by many: what is slow is not wrong.
        context.SetDefaultTimeout(120_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
