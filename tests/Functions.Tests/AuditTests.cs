using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Functions.Orchestration;
using Dunning.Service.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>Digests, verification and erasure on tables and blobs.</summary>
public sealed class AuditTests
{
    private static readonly string[] Tables = ["DunningCases", "DunningIndex", "DunningNames", "DunningDocuments", "DunningFeed"];
    private static readonly string[] Canaries = ["Canari", "33699887766", "Cuicui"];
    private static readonly string Key = DigestSigner.NewKey();

    [Fact]
    public async Task An_erased_debtor_is_in_no_row_and_no_blob_and_the_record_verifies()
    {
        await using var world = await AzureWorld.Begin(settled: s => s["DUNNING_AUDIT_KEY"] = Key);
        var path = await Life(world);
        Assert.NotEmpty(await Seeded(world));
        Assert.Equal("stillClaimed", (string?)(await world.Post("/api/debtors/zef/erase", new { })).Body!["code"]);
        await world.Post($"{path}/payments", new { id = "paid", amount = 1200m, reference = "VIR CANARI" });
        await Night(world).Digest(null!, default);
        Assert.Equal(200, (await world.Post("/api/debtors/zef/erase", new { })).Status);
        Assert.Equal([], await Seeded(world));
        Assert.Equal(PersonalData.Mark, (string?)(await world.Get(path)).Body!["debtor"]!["name"]);
        var report = await world.Services.GetRequiredService<Verification>().Run(null, default);
        Assert.Empty(report.Faults);
        Assert.Equal((1, 1), (report.Cases, report.Digests));
        Assert.InRange(report.Erased, 5, 1000);
    }

    [Fact]
    public async Task A_row_that_was_changed_or_taken_away_is_named()
    {
        await using var world = await AzureWorld.Begin(settled: s => s["DUNNING_AUDIT_KEY"] = Key);
        var path = await Life(world);
        await Night(world).Digest(null!, default);
        var (id, cases) = (path.Split('/')[^1], Table(world, "DunningCases"));
        var row = (await cases.GetEntityAsync<TableEntity>(id, "e!0000000001")).Value;
        row["Personal"] = row.GetString("Personal").Replace("Canari", "Moineau", StringComparison.Ordinal);
        await cases.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        Assert.Contains($"{id}, event 1: a personal value beside it is not the one it refers to", await Faults(world));
        await cases.DeleteEntityAsync(id, "e!0000000003");
        Assert.Contains(await Faults(world), f => f.StartsWith($"{id}, event 3: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_key_a_digest_is_made_and_named_as_unsigned()
    {
        await using var world = await AzureWorld.Begin();
        await world.Register();
        await Night(world).Digest(null!, default);
        await Night(world).Digest(null!, default);
        Assert.Equal(["digest 2026-10-01: nobody signed it"], await Faults(world));
    }

    [Fact]
    public async Task What_was_kept_long_enough_goes_at_night()
    {
        await using var world = await AzureWorld.Begin(settled: s => (s["DUNNING_AUDIT_KEY"], s["DUNNING_RETENTION"]) = (Key, "contact=30 messages=30"));
        var path = await Life(world);
        await world.Post($"{path}/payments", new { id = "paid", amount = 1200m });
        await Night(world).Erase(null!, default);
        Assert.NotEqual(PersonalData.Mark, (string?)(await world.Get(path)).Body!["debtor"]!["name"]);
        await world.MoveTo("2027-01-31T12:00:00+01:00");
        await Night(world).Erase(null!, default);
        Assert.Equal(PersonalData.Mark, (string?)(await world.Get(path)).Body!["debtor"]!["name"]);
        Assert.Equal(PersonalData.Mark, (string?)(await world.Get($"{path}/messages/first/email/1")).Body!["body"]);
        await Night(world).Digest(null!, default);
        Assert.Empty(await Faults(world));
    }

    private static AuditNight Night(AzureWorld world) => world.Services.GetRequiredService<AuditNight>();

    private static async Task<List<string>> Faults(AzureWorld world) =>
        [.. (await world.Services.GetRequiredService<Verification>().Run(null, default)).Faults.Select(f => f.ToString())];

    private static async Task<string> Life(AzureWorld world)
    {
        var path = await world.Register(i =>
        {
            var debtor = i["debtor"]!;
            (debtor["id"], debtor["name"], debtor["email"], debtor["phone"]) = ("zef", "Zoé Canari", "zoe@canari.example", "+33699887766");
        });
        await world.MoveTo("2026-11-16T12:00:00+01:00");
        await world.Post($"{path}/replies", new { id = "reply-1", text = "Cuicui", from = "zoe@canari.example" });
        await world.Post($"{path}/replies/reply-1/classify", new { meaning = "other" });
        await world.Post($"{path}/calls", new { outcome = "reached", note = $"Cuicui {new string('x', 200_000)}"[..1900] });
        return path;
    }

    // Rows and blobs, and their names, that hold a canary.
    private static async Task<List<string>> Seeded(AzureWorld world)
    {
        var found = new List<string>();
        foreach (var name in Tables)
            await foreach (var row in Table(world, name).QueryAsync<TableEntity>("PartitionKey ge ''"))
                foreach (var (key, value) in row)
                    Look($"{name} {row.RowKey} {key}", value as string ?? "");
        var blobs = new BlobServiceClient($"BlobEndpoint={world.Blobs.Endpoint}");
        foreach (var container in (string[])["texts", "letters", "digests"])
            await foreach (var blob in blobs.GetBlobContainerClient(container).GetBlobsAsync())
                Look($"{container} {blob.Name}", Encoding.UTF8.GetString((await blobs.GetBlobContainerClient(container).GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content));
        return found;

        void Look(string where, string text)
        {
            if (Canaries.FirstOrDefault(c => text.Contains(c, StringComparison.OrdinalIgnoreCase)) is { } canary)
                found.Add($"{where}: {canary}");
        }
    }

    private static TableClient Table(AzureWorld world, string name) => new TableServiceClient(world.Account.Endpoint).GetTableClient(name);
}
