using System.Globalization;
using Dunning.Local;
using Dunning.Service.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>The embedded host under its test clock, asked the same things.</summary>
public sealed class EmbeddedWorld : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;

    private EmbeddedWorld(string folder, WebApplication app) => (_folder, _app) = (folder, app);

    public IServiceProvider Services => _app.Services;

    public static async Task<EmbeddedWorld> Begin()
    {
        var folder = Directory.CreateTempSubdirectory("dunning-embedded-").FullName;
        var options = new LocalOptions { DataFolder = folder, Urls = "http://127.0.0.1:0", Key = AzureWorld.Key, Clock = AzureWorld.Start, MailDomain = "example.org" };
        var app = await LocalHost.Build(options, _ => { });
        await app.StartAsync();
        return new(folder, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task<Answered> Send(string method, string path, string? body)
    {
        var http = Answered.Request(_app.Services, method, path, body);
        var operation = _app.Services.GetRequiredService<Routes>().All.OrderBy(o => o.Route.Count(c => c == '{'))
            .First(o => o.Method == method && new TemplateMatcher(TemplateParser.Parse(o.Route[1..]), []).TryMatch(http.Request.Path, http.Request.RouteValues));
        await _app.Services.GetRequiredService<ApiPipeline>().Run(http, operation);
        await _app.Services.GetRequiredService<Runner>().Quiet(default);
        return await Answered.Of(http);
    }

    public Task MoveTo(string instant) =>
        _app.Services.GetRequiredService<TestClock>().MoveTo(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), default);
}
