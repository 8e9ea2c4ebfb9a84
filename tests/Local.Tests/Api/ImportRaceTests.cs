using System.Text;
using Dunning.Scenarios;
using Dunning.Service.Api.Operations;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>What happens while the lines of a ledger are being stored.</summary>
public sealed class ImportRaceTests
{
    private static CancellationToken Never => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hold", """{ "id": "x1", "reason": "talks" }""", "held", "scheduled")]
    [InlineData("insolvency", """{ "id": "x1", "judgmentDate": "2026-09-25", "declareBy": "2026-11-25" }""", "insolvent", "scheduled")]
    public async Task What_is_put_on_a_debtor_while_its_lines_are_being_stored_reaches_them(string fact, string body, string status, string others)
    {
        await using var host = await TestHost.Run();
        foreach (var debtor in (string[])["d1", "d2"])
            Assert.Equal(200, (await host.Put($"/api/debtors/{debtor}?creditor=demo", new { name = "Martin", kind = "business", country = "FR" })).Status);
        var import = Import(host, async () => Assert.Equal(202, (await host.Post($"/api/debtors/d1/{fact}?creditor=demo", body)).Status));
        var results = await import.Import(Ledger(("A-1", "d1"), ("A-2", "d2"), ("A-3", "d1")), "demo", held: false, "key-1", Never);
        Assert.Equal(["accepted", "accepted", "accepted"], results.Select(r => r.Result));
        var cases = await Task.WhenAll(results.Select(r => host.Get($"/api/invoices/{r.CaseId}")));
        Assert.Equal([status, others, status], cases.Select(c => c["status"]));
    }

    [Fact]
    public async Task A_hold_that_replaces_another_meanwhile_is_the_one_that_holds()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/debtors/d1?creditor=demo", new { name = "Martin", kind = "business", country = "FR" });
        await host.Post("/api/debtors/d1/hold?creditor=demo", """{ "id": "x1", "reason": "until Monday", "until": "2026-10-05" }""");
        var import = Import(host, () => host.Post("/api/debtors/d1/hold?creditor=demo", """{ "id": "x2", "reason": "for good" }"""));
        var line = Assert.Single(await import.Import(Ledger(("A-1", "d1")), "demo", held: false, "key-1", Never));
        Assert.Equal("for good", (string?)(await host.Get($"/api/invoices/{line.CaseId}")).Json["silences"]![0]!["note"]);
    }

    [Fact]
    public async Task A_line_told_again_after_a_crash_learns_what_it_missed()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/debtors/d1?creditor=demo", new { name = "Martin", kind = "business", country = "FR" });
        var import = Import(
            host, () => host.Post("/api/debtors/d1/hold?creditor=demo", """{ "id": "x1" }"""), () => throw new InvalidOperationException("the process died"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => import.Import(Ledger(("A-1", "d1")), "demo", held: false, "key-1", Never));
        var again = Assert.Single(await Import(host, () => Task.CompletedTask).Import(Ledger(("A-1", "d1")), "demo", held: false, "key-1", Never));
        Assert.Equal("known", again.Result);
        Assert.Equal("held", (await host.Get($"/api/invoices/{again.CaseId}"))["status"]);
    }

    [Fact]
    public async Task An_import_that_breaks_off_leaves_nothing_running_behind_it()
    {
        await using var host = await TestHost.Run();
        var broken = new TaskCompletionSource();
        var stored = 0;
        var import = Import(host, () => broken.Task, () => Interlocked.Increment(ref stored));
        using var ledger = new BrokenOff(Text([.. Enumerable.Range(0, 1200).Select(i => ($"A-{i}", "d1"))]), broken);
        await Assert.ThrowsAsync<IOException>(() => import.Import(ledger, "demo", held: false, "key-1", Never));
        Assert.Equal(2, stored);
        Assert.Equal(1000, (await Walk(host)).Count);
    }

    private static ImportOperation Import(TestHost host, Func<Task> before, Action? after = null) =>
        ActivatorUtilities.CreateInstance<ImportOperation>(host.Services, new Meanwhile(host.Services.GetRequiredService<ICaseStore>(), before, after ?? (() => { })));

    private static MemoryStream Ledger(params (string Number, string Debtor)[] lines) => new(Text(lines));

    private static byte[] Text(params (string Number, string Debtor)[] lines)
    {
        var text = new StringBuilder();
        foreach (var (number, debtor) in lines)
            text.AppendLine($$"""
                { "number": "{{number}}", "issueDate": "2026-09-20", "dueDate": "2026-10-20", "amount": 100, "currency": "EUR", "debtor": { "id": "{{debtor}}", "name": "Martin", "kind": "business", "country": "FR" } }
                """);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<IReadOnlyList<ListedCase>> Walk(TestHost host) =>
        (await host.Services.GetRequiredService<ICaseLists>().Cases(new() { Limit = 5000 }, Never)).Items;

    /// <summary>A file that cannot be read to its end.</summary>
    private sealed class BrokenOff(byte[] text, TaskCompletionSource broken) : MemoryStream(text)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
                return base.ReadAsync(buffer, cancellationToken);
            broken.SetResult();
            throw new IOException("The disk is gone.");
        }
    }
}
