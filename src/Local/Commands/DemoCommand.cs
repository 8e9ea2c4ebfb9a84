using System.CommandLine;

namespace Dunning.Local.Commands;

/// <summary>The demo: sixty days of the sample ledger, then a host to be explored.</summary>
internal sealed class DemoCommand : Command
{
    private readonly Surroundings _around;
    private readonly HostStart _start;
    private readonly Option<string?> _table = new("--table") { Description = "Write the outcome to this Markdown file and stop." };

    public DemoCommand(Surroundings around, HostStart start)
        : base("demo", "Chase the sample ledger for sixty days under a test clock, then stay up to be explored.")
    {
        (_around, _start) = (around, start);
        Add(_table);
        Add(start.Urls);
        SetAction((parsed, ct) => start.Guarded(() => Run(parsed, ct)));
    }

    private async Task Run(ParseResult parsed, CancellationToken ct)
    {
        var file = parsed.GetValue(_table);
        var options = _start.Options(parsed);
        // Every demo is a first day: it keeps nothing of the one before, and sends nothing.
        options = options with { DataFolder = Path.Combine(options.DataFolder, "demo"), Clock = Demo.Start, Sending = null };
        if (Directory.Exists(options.DataFolder))
            Directory.Delete(options.DataFolder, recursive: true);
        var secret = options.Key;
        await using var app = await LocalHost.Build(options, made => secret = made);
        await app.StartAsync(ct);
        var story = ActivatorUtilities.CreateInstance<Demo>(app.Services);
        await story.Run(line => _around.Out.WriteLine(file is null ? line : "."), ct);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, await story.Table(ct), ct);
            await app.StopAsync(ct);
            return;
        }
        _around.Out.WriteLine($"""

            Sixty days have passed. What left is in {Path.GetFullPath(Path.Combine(options.DataFolder, "outbox"))}
            Open:         {app.Urls.First()}/console with the key {secret}
            Look around:  curl -H "Authorization: Bearer {secret}" {app.Urls.First()}/api/invoices
            Go on:        curl -H "Authorization: Bearer {secret}" -X POST -d '{"{"}"to":"2026-12-01T09:00:00+01:00"{"}"}' {app.Urls.First()}/api/clock
            Stop with Ctrl+C.
            """);
        await app.WaitForShutdownAsync(ct);
    }
}
