using System.Globalization;
using Dunning.Local.Tests.Api;
using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>More creditors than a page takes: it says so.</summary>
public sealed class ManyCreditorsTests
{
    [Fact]
    public async Task A_page_that_takes_only_the_first_creditors_says_so()
    {
        await using var host = await TestHost.Run();
        using var visitor = await Visitor.SignIn(host, language: "fr");
        (string Path, string Sentence)[] pages =
        [
            ("/console", "plus de créanciers que cette page n’en regarde"),
            .. new[] { "/console/cases", "/console/tomorrow", "/console/figures", "/console/what-if", "/console/what-if/ledger", "/console/settings", "/console/settings/creditors", "/console/settings/policies", "/console/settings/texts", "/console/settings/keys" }
                .Select(p => (p, "Seuls les 500 premiers créanciers sont pris ici\u00A0; il y en a d’autres.")),
        ];
        var creditors = host.Services.GetRequiredService<Registry>().Creditors;
        // One is there from the start.
        for (var i = 1; i < 500; i++)
            await Add(i);
        foreach (var (path, sentence) in pages)
            Assert.DoesNotContain(sentence, (await visitor.Get(path)).Words, StringComparison.Ordinal);
        await Add(500);
        foreach (var (path, sentence) in pages)
            Assert.True((await visitor.Get(path)).Words.Contains(sentence, StringComparison.Ordinal), $"{path} does not say so");

        Task Add(int i) => i.ToString("'c'0000", CultureInfo.InvariantCulture) is var id ? creditors.Put(id, id, Demo.Creditor with { Id = id, Name = id }, 0, null, default) : Task.CompletedTask;
    }
}
