using System.CommandLine;
using System.Text.Json.Nodes;

namespace Dunning.Local.Commands;

/// <summary>An act on one case, named by its id, or by the invoice's number and its creditor.</summary>
internal abstract class CaseAct : HostAct
{
    private readonly Argument<string> _id = new("id") { Description = "The case's id; or the invoice's number, with --creditor." };
    private readonly Option<string?> _creditor = new("--creditor") { Description = "Whose invoice it is, when it is named by its number." };

    protected CaseAct(string name, string description, Surroundings around, ProgramOptions options, params string[] examples)
        : base(name, description, around, options, examples)
    {
        Add(_id);
        Add(_creditor);
    }

    protected override async Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        using var host = Host(parsed, screen);
        var (id, creditor) = (parsed.GetValue(_id)!, parsed.GetValue(_creditor));
        if (creditor is not null)
        {
            var found = await host.Get(RunningHost.Query("api/invoices", ("creditor", creditor), ("number", id), ("limit", "1")), ct);
            if (found.List("items").FirstOrDefault()?.Text("id") is not { } named)
            {
                screen.Warn(screen.Words.Say($"{creditor} has no invoice {id}.", $"{creditor} n’a pas de facture {id}."));
                return ExitCode.Wrong;
            }
            id = named;
        }
        try
        {
            return await Run(parsed, screen, host, id, ct);
        }
        catch (RefusedByHost refused) when (creditor is null && refused.Problem.Text("code") == "notFound")
        {
            screen.Warn(screen.Words.Say("To name an invoice by its number, say whose it is: --creditor.", "Pour désigner une facture par son numéro, dites de qui elle est\u00A0: --creditor."));
            throw;
        }
    }

    protected abstract Task<int> Run(ParseResult parsed, Screen screen, RunningHost host, string id, CancellationToken ct);

    /// <summary>Tells a case something, and shows how it stands now.</summary>
    protected static async Task<int> Tell(Screen screen, RunningHost host, string id, string act, JsonObject body, CancellationToken ct)
    {
        var answer = await host.Post($"{RunningHost.Invoice(id)}/{act}", body, ct);
        if (screen.Json)
            screen.Write(answer);
        var words = screen.Words;
        screen.Say($"{answer.Text("caseId")}{words.Colon("")} {words.Of(Terms.Statuses, answer.Text("status"))}{words.Say(";", "\u202F;")} {Outlook.Of(words, answer.At("next"))}.");
        foreach (var warning in answer.List("warnings"))
            screen.Warn(warning.ToString());
        return ExitCode.Fine;
    }
}
