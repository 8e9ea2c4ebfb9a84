using System.CommandLine;
using Dunning.Local;
using Dunning.Local.Store;
using Dunning.Service;

var data = new Option<string>("--data") { Description = "The folder everything is kept in.", DefaultValueFactory = _ => "data" };
var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://localhost:7071" };
var key = new Option<string?>("--key") { Description = "The first admin key (or DUNNING_KEY)." };
var clock = new Option<DateTimeOffset?>("--clock") { Description = "Start a test clock at this instant, for instance 2026-10-01T08:00:00+02:00.", CustomParser = Instant };
var table = new Option<string?>("--table") { Description = "Write the outcome to this Markdown file and stop." };

var demo = new Command("demo", "Chase the sample ledger for sixty days under a test clock, then stay up to be explored.") { table };
var root = new RootCommand("Dunning: gets invoices paid without anyone having to remember them.") { data, urls, key, clock, demo };
data.Recursive = urls.Recursive = key.Recursive = true;

LocalOptions Options(ParseResult parsed) => LocalOptions.FromEnvironment() with
{
    DataFolder = parsed.GetValue(data)!,
    Urls = parsed.GetValue(urls)!,
    Key = parsed.GetValue(key) ?? Environment.GetEnvironmentVariable("DUNNING_KEY"),
};

root.SetAction((parsed, ct) => Guarded(async () =>
{
    var options = Options(parsed) with { Clock = parsed.GetValue(clock) };
    string? first = null;
    await using var app = await LocalHost.Build(options, secret => first = secret);
    await app.StartAsync(ct);
    Console.WriteLine($"Dunning listens on {string.Join(", ", app.Urls)}; everything is kept in {Path.GetFullPath(options.DataFolder)}.");
    if (app.Urls.Any(url => Uri.TryCreate(url, UriKind.Absolute, out var at) && !at.IsLoopback))
        Console.WriteLine("Other machines can reach it: put TLS in front of it.");
    if (first is not null)
        Console.WriteLine($"""
            First key, shown once: {first}
            Try it:  curl -H "Authorization: Bearer {first}" {app.Urls.First()}/api/creditors
            """);
    await app.WaitForShutdownAsync(ct);
}));

demo.SetAction((parsed, ct) => Guarded(async () =>
{
    var file = parsed.GetValue(table);
    var options = Options(parsed);
    // Every demo is a first day: it keeps nothing of the one before, and sends nothing.
    options = options with { DataFolder = Path.Combine(options.DataFolder, "demo"), Clock = Demo.Start, Sending = null };
    if (Directory.Exists(options.DataFolder))
        Directory.Delete(options.DataFolder, recursive: true);
    var secret = options.Key;
    await using var app = await LocalHost.Build(options, made => secret = made);
    await app.StartAsync(ct);
    var story = ActivatorUtilities.CreateInstance<Demo>(app.Services);
    await story.Run(line => Console.WriteLine(file is null ? line : "."), ct);
    if (file is not null)
    {
        await File.WriteAllTextAsync(file, await story.Table(ct), ct);
        await app.StopAsync(ct);
        return;
    }
    Console.WriteLine($"""

        Sixty days have passed. What left is in {Path.GetFullPath(Path.Combine(options.DataFolder, "outbox"))}
        Look around:  curl -H "Authorization: Bearer {secret}" {app.Urls.First()}/api/invoices
        Go on:        curl -H "Authorization: Bearer {secret}" -X POST -d '{"{"}"to":"2026-12-01T09:00:00+01:00"{"}"}' {app.Urls.First()}/api/clock
        Stop with Ctrl+C.
        """);
    await app.WaitForShutdownAsync(ct);
}));

return await root.Parse(args).InvokeAsync();

static DateTimeOffset? Instant(System.CommandLine.Parsing.ArgumentResult given)
{
    var text = given.Tokens[0].Value;
    if (text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at))
        return at;
    given.AddError($"--clock {text} is not an instant such as 2026-10-01T08:00:00+02:00.");
    return null;
}

static async Task<int> Guarded(Func<Task> run)
{
    try
    {
        await run();
        return 0;
    }
    catch (Exception refused) when (refused is AlreadyRunning or BrokenFiles or FormatException or WrongSchema or Dunning.Service.Engine.StoreUnavailable or NotSupportedException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync(refused.Message);
        return 1;
    }
}
