using System.Diagnostics;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Local.Commands;
using Dunning.Local.Tests.Api;
using Dunning.Service.Api;

namespace Dunning.Local.Tests.Commands;

/// <summary>How the program is called, and what it says when it is called wrongly.</summary>
public sealed class UsageTests
{
    public static TheoryData<string> Commands => ["import", "list", "show", "hold", "release", "simulate", "rates", "verify", "backup"];

    [Fact]
    public async Task Every_fault_of_a_call_is_named_at_once()
    {
        var list = await Cli.Piped("list", "--limit", "0", "--status", "foo", "--due-before", "1/2/3", "--min-balance", "1,5", "--url", "nowhere", "--colour", "blue");
        Assert.Equal((2, ""), (list.Code, list.Out));
        foreach (var fault in new[] { "--limit", "--status foo", "--due-before 1/2/3", "--min-balance 1,5", "--url nowhere", "--colour", "blue", "DUNNING_KEY", "See: dunning list --help" })
            Assert.Contains(fault, list.Error, StringComparison.Ordinal);
        var simulate = await Cli.Piped("simulate", "--kind", "friend", "--due", "tomorrow");
        Assert.Equal(2, simulate.Code);
        foreach (var fault in new[] { "--kind friend", "--due tomorrow", "--amount is needed" })
            Assert.Contains(fault, simulate.Error, StringComparison.Ordinal);
        var hold = await Cli.Piped("hold", "--until", "soon");
        Assert.Equal(2, hold.Code);
        foreach (var fault in new[] { "--reason", "--until soon", "'hold'" })
            Assert.Contains(fault, hold.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await Cli.Piped("dance")).Code);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_explains_itself_with_examples_that_are_read(string command)
    {
        var help = await Cli.Piped(command, "--help");
        Assert.Equal(0, help.Code);
        Assert.Contains($"dunning {command}", help.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  dunning " + command, help.Out, StringComparison.Ordinal);
        Assert.Contains($"\n  {command}", (await Cli.Piped("--help")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_host_a_sentence_says_what_to_start()
    {
        foreach (var command in new string[][] { ["list"], ["show", "x"], ["release", "x"] })
        {
            var told = await Cli.Piped([.. command, "--url", "http://127.0.0.1:1", "--key", "a-secret-nobody-may-read"]);
            Assert.Equal((3, ""), (told.Code, told.Out));
            Assert.Contains("No Dunning answers at http://127.0.0.1:1/", told.Error, StringComparison.Ordinal);
            Assert.Contains("dotnet run --project src/Local", told.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("a-secret", told.Error, StringComparison.Ordinal);
        }
        Assert.Contains("Aucun Dunning", (await Cli.Read("fr", "list", "--url", "http://127.0.0.1:1", "--key", "k")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_itself_writes_json_into_a_pipe_and_ends_with_its_code()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Dunning.Local.dll"), "list", "--url", host.Address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DUNNING_KEY"] = TestHost.Key;
        using var process = Process.Start(start)!;
        var (said, told) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal((0, ""), (process.ExitCode, await told));
        Assert.Single(JsonNode.Parse(await said)!["items"]!.AsArray());
    }

    [Fact]
    public void Every_word_of_the_api_has_one_in_both_languages()
    {
        Assert.Equal(Names<CaseStatus>(), Terms.Statuses.Keys.Order());
        Assert.Equal(Names<WaitReason>().Where(n => n != "nothing"), Terms.Waits.Keys.Order());
        Assert.Equal(Names<DueBecause>(), Terms.Becauses.Keys.Order());
        Assert.Equal(Names<TaskKind>(), Terms.Tasks.Keys.Order());
        Assert.Empty(Names<Channel>().Select(n => n.ToLowerInvariant()).Except(Terms.Channels.Keys));
        var events = typeof(CaseEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(CaseEvent))).Select(t => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(t.Name));
        Assert.Equal(events.Append("stepLapsed").Order(), EventTerms.All.Keys.Order());
        foreach (var said in new[] { Terms.Statuses, Terms.Waits, Terms.Becauses, Terms.Tasks, Terms.Channels, Terms.Silences, EventTerms.All }.SelectMany(t => t.Values))
            Assert.DoesNotMatch("[ '][?!:;]|'", said.French);
    }

    private static IEnumerable<string> Names<T>() where T : struct, Enum => Enum.GetValues<T>().Select(ApiJson.Name).Order();
}
