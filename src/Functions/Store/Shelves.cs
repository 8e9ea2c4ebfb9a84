using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Dunning.Functions.Store;

/// <summary>The tables and the container, with what reads and writes them.</summary>
internal sealed class Shelves
{
    private readonly TableServiceClient _tables;
    private readonly BlobContainerClient _blobs;
    private readonly Func<Guid> _newId;

    public Shelves(TableServiceClient tables, BlobServiceClient blobs, TimeProvider clock, Func<Guid> newId)
    {
        (_tables, _blobs, _newId) = (tables, blobs.GetBlobContainerClient("texts"), newId);
        Texts = new(_blobs, NewId);
        Heads = new(Cases, Texts);
        Events = new(Cases, Texts);
        Index = new(tables.GetTableClient("DunningIndex"), Heads, clock);
        Debtors = new(tables.GetTableClient("DunningIndex"), Heads);
        Names = new(NameTable, tables.GetTableClient);
        Receipts = new(NameTable, Names, Texts, NewId);
        Facts = new(Names, Events, Texts);
        Feed = new(tables.GetTableClient("DunningFeed"), Cases, clock, NewTag);
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

    /// <summary>Names a write, so that its writer knows it again when the answer got lost.</summary>
    public string NewId() => _newId().ToString("N");

    /// <summary>What tells the rows of one commit from those of all others.</summary>
    public string NewTag() => NewId()[..12];

    public Place Place(string caseId) => new(Cases.Name, CaseHead.Partition(caseId));

    public async Task Prepare(CancellationToken ct)
    {
        foreach (var table in (string[])["DunningCases", "DunningIndex", "DunningNames", "DunningDocuments", "DunningFeed"])
            await _tables.CreateTableIfNotExistsAsync(table, ct);
        await _blobs.CreateIfNotExistsAsync(cancellationToken: ct);
    }
}
