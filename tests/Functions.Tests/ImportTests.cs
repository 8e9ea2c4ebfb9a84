using System.Text;
using System.Text.Json.Nodes;
using Dunning.Scenarios;
using Dunning.Service.Api.Operations;
using Dunning.Service.Engine;
using Dunning.StandIns;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>Ledgers on a storage account that many write to, and that is busy at times.</summary>
public sealed class ImportTests
{
    [Fact]
    public async Task Only_the_line_that_found_no_storage_is_in_doubt_and_sent_again_it_is_stored()
    {
        await using var world = await AzureWorld.Begin();
        var ledger = Ledger(world, "d1", "d2", "d3", "d4");
        string? busy = null;
        world.Account.Wire.Before = call => call is { Operation: "SubmitTransaction", Resource: "DunningCases" } && (busy ??= call.Key) == call.Key
            ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        var first = await Import(world, ledger);
        world.Account.Wire.Before = null;
        Assert.Equal(["accepted", "accepted", "accepted", "refused"], first.Select(r => r.Result).Order());
        var doubtful = first.Single(r => r.Result == "refused");
        Assert.Equal("storeUnavailable", Assert.Single(doubtful.Faults!).Code);
        Assert.Equal(404, (await world.Get($"/api/invoices/{doubtful.CaseId}")).Status);
        var again = await Import(world, ledger);
        Assert.Equal(first.Select(r => r.Result == "refused" ? "accepted" : "known"), again.Select(r => r.Result));
    }

    [Fact]
    public async Task A_line_whose_debtor_cannot_be_looked_at_again_is_to_be_sent_again()
    {
        await using var world = await AzureWorld.Begin();
        await world.Send("PUT", "/api/debtors/d1?creditor=demo", """{ "name": "Martin", "kind": "business", "country": "FR" }""");
        var ledger = Ledger(world, "d1", "d2");
        var stored = false;
        world.Account.Wire.Before = call => stored && call.Resource == "DunningDocuments"
            ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        var import = Meanwhile(world, () => world.Call("POST", "/api/debtors/d1/hold?creditor=demo", """{ "id": "x1" }"""), () => stored = true);
        var first = await import.Import(new MemoryStream(ledger), "demo", held: false, "key-1", default);
        Assert.All(first, r => Assert.Equal(("refused", "storeUnavailable"), (r.Result, r.Faults!.Single().Code)));
        world.Account.Wire.Before = null;
        Assert.Equal(["known", "known"], (await Import(world, ledger)).Select(r => r.Result));
        Assert.Equal("held", (await world.Get($"/api/invoices/{first[0].CaseId}"))["status"]);
        Assert.Equal("scheduled", (await world.Get($"/api/invoices/{first[1].CaseId}"))["status"]);
    }

    [Fact]
    public async Task What_is_put_on_a_debtor_while_its_lines_are_being_stored_reaches_them()
    {
        await using var world = await AzureWorld.Begin();
        await world.Send("PUT", "/api/debtors/d1?creditor=demo", """{ "name": "Martin", "kind": "business", "country": "FR" }""");
        var import = Meanwhile(world, () => world.Call("POST", "/api/debtors/d1/hold?creditor=demo", """{ "id": "x1" }"""), () => { });
        var line = Assert.Single(await import.Import(new MemoryStream(Ledger(world, "d1")), "demo", held: false, "key-1", default));
        Assert.Equal(("accepted", "held"), (line.Result, (await world.Get($"/api/invoices/{line.CaseId}"))["status"]));
    }

    private static ImportOperation Meanwhile(AzureWorld world, Func<Task> before, Action after) =>
        ActivatorUtilities.CreateInstance<ImportOperation>(world.Services, new Meanwhile(world.Services.GetRequiredService<ICaseStore>(), before, after));

    private static Task<IReadOnlyList<ImportResult>> Import(AzureWorld world, byte[] ledger) =>
        world.Services.GetRequiredService<ImportOperation>().Import(new MemoryStream(ledger), "demo", held: false, "key-1", default);

    private static byte[] Ledger(AzureWorld world, params string[] debtors) => Encoding.UTF8.GetBytes(string.Join('\n', debtors.Select(d =>
        world.Invoice(i => i["debtor"] = new JsonObject { ["id"] = d, ["name"] = "Martin", ["kind"] = "business", ["country"] = "FR" }).ToJsonString())));
}
