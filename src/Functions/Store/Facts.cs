using Azure.Data.Tables;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>What creditors told under ids of their own: each id once, whatever case it is about.</summary>
internal sealed class Facts(Names names, EventRows events, Texts texts)
{
    private const string Case = "Case";
    private const string Seq = "Seq";
    private const string Answer = "Answer";

    public async Task<AppendOutcome.Known?> Find(string creditor, string factId, CancellationToken ct) =>
        factId.Length > 0 && await names.Find(Name.Fact(creditor, factId), ct) is { Truth: { } truth } ? await Read(truth, ct) : null;

    public async Task<AppendOutcome.Known> Read(TableEntity truth, CancellationToken ct)
    {
        var (caseId, seq) = (truth.GetString(Case), truth.GetInt64(Seq)!.Value);
        return new(caseId, await events.Find(caseId, seq, ct), await texts.Get(truth, Answer, ct));
    }

    public async Task<TableEntity> Write(Hold hold, CaseAppend append, long seq, CancellationToken ct)
    {
        var row = Names.Write(Name.Fact(append.Creditor, append.Event.Id), hold);
        (row[Case], row[Seq]) = (append.CaseId, seq);
        if (append.Answer is { } answer)
            await texts.Set(row, Answer, answer, ct);
        return row;
    }
}
