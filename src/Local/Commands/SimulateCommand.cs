using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Local.Commands;

/// <summary>POST /api/simulations: by this program itself; or by a host, with its creditors and policies, when one is named.</summary>
internal sealed class SimulateCommand : HostAct
{
    // The last step of every shipped policy is 60 days after the due date.
    private const int ShownDays = 120;

    private readonly TimeProvider _clock;
    private readonly Argument<FileInfo> _file = new("file") { Description = "The body of POST /api/simulations, as JSON. Without it, the options say what is owed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<DateOnly?> _due = Values.Date("--due", "The due date.");
    private readonly Option<decimal?> _amount = Values.Amount("--amount", "The amount, VAT included.");
    private readonly Option<string?> _currency = new("--currency") { Description = "Its currency (EUR)." };
    private readonly Option<string?> _kind = Values.OneOf("--kind", "Who owes it (business).", [.. Enum.GetValues<DebtorKind>().Select(ApiJson.Name)]);
    private readonly Option<string?> _country = new("--country") { Description = "The debtor's country (FR)." };
    private readonly Option<string?> _policy = new("--policy") { Description = "The policy; the one that fits the debtor unless said otherwise." };
    private readonly Option<DateTimeOffset?> _registered = Values.Instant("--registered", "When it is registered (now).");
    private readonly Option<DateOnly?> _until = Values.Date("--until", "The last day shown.");

    public SimulateCommand(Surroundings around, ProgramOptions options)
        : base("simulate", "Show what will happen to an invoice, day by day. No host is needed; with --url, a host is asked.", around, options,
            "dunning simulate --due 2026-10-31 --amount 1200 --kind business --country FR --policy fr-b2b", "dunning simulate simulation.json")
    {
        _clock = around.Clock;
        _file.AcceptExistingOnly();
        Add(_file);
        foreach (var option in Described)
            Add(option);
    }

    private Option[] Described => [_due, _amount, _currency, _kind, _country, _policy, _registered, _until];

    public override IEnumerable<string> Misuse(ParseResult parsed)
    {
        var named = Described.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name).ToList();
        return base.Misuse(parsed).Concat(parsed.GetResult(_file) is { Tokens.Count: > 0 }
            ? named.Count == 0 ? [] : [$"The file says it all: leave out {string.Join(", ", named)}."]
            : new Option[] { _due, _amount }.Where(o => !named.Contains(o.Name)).Select(o => $"{o.Name} is needed, or a file."));
    }

    protected override bool AsksHost(ParseResult parsed) => parsed.GetResult(Url) is { Implicit: false };

    protected override async Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        var body = parsed.GetValue(_file) is { } file ? await File.ReadAllBytesAsync(file.FullName, ct) : Encoding.UTF8.GetBytes(Question(parsed).ToJsonString());
        var answer = await Answer(parsed, screen, body, ct);
        if (screen.Json)
            screen.Write(answer);
        else
            Show(screen, answer, JsonNode.Parse(body).Text("invoice.currency") ?? "");
        return ExitCode.Fine;
    }

    private async Task<JsonNode> Answer(ParseResult parsed, Screen screen, byte[] body, CancellationToken ct)
    {
        if (!AsksHost(parsed))
            return await OwnSimulation.Run(body, _clock, ct);
        using var host = Host(parsed, screen);
        return await host.Post("api/simulations", body, ct);
    }

    // A debtor who can be reached in every way: what is missing would be tasks, not the policy.
    private JsonObject Question(ParseResult parsed)
    {
        var (due, registered) = (parsed.GetValue(_due)!.Value, parsed.GetValue(_registered) ?? _clock.GetUtcNow());
        var country = parsed.GetValue(_country) ?? "FR";
        var start = DateOnly.FromDateTime(registered.Date);
        return new JsonObject
        {
            ["invoice"] = new JsonObject
            {
                ["number"] = "F-1",
                ["issueDate"] = Day(due.AddDays(-30)),
                ["dueDate"] = Day(due),
                ["amount"] = parsed.GetValue(_amount),
                ["currency"] = parsed.GetValue(_currency) ?? "EUR",
                ["debtor"] = new JsonObject
                {
                    ["name"] = "Boulangerie Martin",
                    ["kind"] = parsed.GetValue(_kind) ?? "business",
                    ["country"] = country,
                    ["language"] = "fr",
                    ["email"] = "compta@example.org",
                    ["phone"] = country == "BE" ? "+32470000000" : "+33600000000",
                    ["address"] = new JsonObject { ["line1"] = "1 rue du Four", ["postalCode"] = country == "BE" ? "1000" : "75001", ["city"] = country == "BE" ? "Bruxelles" : "Paris" },
                },
            },
            ["policy"] = parsed.GetValue(_policy),
            ["registeredAt"] = registered.ToString("O", CultureInfo.InvariantCulture),
            ["until"] = Day(parsed.GetValue(_until) ?? (due > start ? due : start).AddDays(ShownDays)),
        };
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Show(Screen screen, JsonNode answer, string currency)
    {
        var words = screen.Words;
        screen.Show(Story.Table(words, answer.List("timeline"), currency));
        var outcome = answer.At("outcome");
        var next = new JsonObject { ["step"] = outcome.Text("nextStep"), ["at"] = outcome.Text("nextAt"), ["waitingFor"] = outcome.Text("waitingFor") };
        screen.Say(words.Say("In the end", "À la fin") + words.Colon("") + $" {words.Of(Terms.Statuses, outcome.Text("status"))}, "
            + words.Amount(outcome.Number("balance") ?? 0, currency) + words.Say("; ", "\u202F; ") + Outlook.Of(words, next) + ".");
        foreach (var warning in answer.List("warnings"))
            screen.Warn(warning.ToString());
    }
}
