using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Dunning.Functions.Store;

/// <summary>The tables and the container, with what reads and writes them.</summary>
internal sealed class Shelves
{
    private readonly TableServiceClient _tables;
    private readonly BlobContainerClient _blobs;

    public Shelves(TableServiceClient tables, BlobServiceClient blobs, TimeProvider clock)
    {
        (_tables, _blobs) = (tables, blobs.GetBlobContainerClient("texts"));
        Texts = new(_blobs);
        Heads = new(Cases, Texts);
        Events = new(Cases, Texts);
        Index = new(tables.GetTableClient("DunningIndex"), Heads, clock);
        Debtors = new(tables.GetTableClient("DunningIndex"), Heads);
        Names = new(NameTable, tables.GetTableClient);
        Receipts = new(NameTable, Names, Texts);
        Facts = new(Names, Events, Texts);
        Feed = new(tables.GetTableClient("DunningFeed"), Cases, clock);
        Clock = clock;
    }

    /// <summary>One partition a case: its row, its log, its messages, its facts and the receipts of what happened to it.</summary>
    public TableClient Cases => _tables.GetTableClient("DunningCases");

    public TableClient Documents => _tables.GetTableClient("DunningDocuments");

    public TimeProvider Clock { get; }

    public Texts Texts { get; }

    public Heads Heads { get; }

    public EventRows Events { get; }

    public IndexTable Index { get; }

    public DebtorRows Debtors { get; }

    public Names Names { get; }

    /// <summary>What was announced, one partition a creditor.</summary>
    public FeedRows Feed { get; }

    public Facts Facts { get; }

    public Receipts Receipts { get; }

    public TableClient NameTable => _tables.GetTableClient("DunningNames");

    public Place Place(string caseId) => new(Cases.Name, CaseHead.Partition(caseId));

    public async Task Prepare(CancellationToken ct)
    {
        foreach (var table in (string[])["DunningCases", "DunningIndex", "DunningNames", "DunningDocuments", "DunningFeed"])
            await _tables.CreateTableIfNotExistsAsync(table, ct);
        await _blobs.CreateIfNotExistsAsync(cancellationToken: ct);
    }
}
