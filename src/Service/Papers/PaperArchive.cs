using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Papers;

/// <summary>
/// Agreements and debit notes, drawn up when they are first asked for and kept as they were drawn up: what was signed or booked stays what it was, whatever
/// becomes of the creditor's address, texts or the rates.
/// </summary>
public sealed class PaperArchive(ICaseLists lists, IPolicyBook policies, Registry registry, CreditorTexts texts, RateBook rates, PaperWriter writer)
{
    private const string Kind = "paper";

    /// <summary>The agreement on a plan; null when the case has no such plan.</summary>
    /// <inheritdoc cref="PaperWriter.Agreement" path="/exception"/>
    public async Task<byte[]?> Agreement(string caseId, string plan, CancellationToken ct)
    {
        var id = $"{caseId}/plan/{plan}";
        if (await Kept(id, ct) is { } kept)
            return kept;
        if (await CaseAt.After(lists, policies, caseId, e => e is CaseEvent.PlanAgreed && e.Id == plan, ct) is not { Logged.Event: CaseEvent.PlanAgreed agreed } at)
            return null;
        return await Keep(id, at.File.Creditor, writer.Agreement(at, agreed, await Creditor(at, ct), await texts.Of(at.File.Creditor, ct), await rates.Current(ct)), ct);
    }

    /// <summary>The paper of a debit note; null when the case has no such note.</summary>
    /// <inheritdoc cref="PaperWriter.Agreement" path="/exception"/>
    public async Task<byte[]?> DebitNote(string caseId, string number, CancellationToken ct)
    {
        var id = $"{caseId}/debit-note/{number}";
        if (await Kept(id, ct) is { } kept)
            return kept;
        if (await NoteOf(caseId, number, ct) is not { Logged.Event: CaseEvent.DebitNoteIssued note } at)
            return null;
        return await Keep(id, at.File.Creditor, writer.DebitNote(at, note, await Creditor(at, ct), await texts.Of(at.File.Creditor, ct)), ct);
    }

    /// <summary>The case right after a debit note was issued.</summary>
    public Task<CaseAt?> NoteOf(string caseId, string number, CancellationToken ct) =>
        CaseAt.After(lists, policies, caseId, e => e is CaseEvent.DebitNoteIssued issued && issued.Number == number, ct);

    private async Task<Creditor> Creditor(CaseAt at, CancellationToken ct) =>
        (await registry.Creditors.Get(at.File.Creditor, ct))?.Value ?? throw new KeyNotFoundException($"There is no creditor {at.File.Creditor}.");

    private async Task<byte[]?> Kept(string id, CancellationToken ct)
    {
        if (await registry.Documents.Get(Kind, id, ct) is not { } document)
            return null;
        using var json = JsonDocument.Parse(document.Json);
        return json.RootElement.GetProperty("pdf").GetBytesFromBase64();
    }

    // Two who ask at once draw the same; whoever was first is believed.
    private async Task<byte[]> Keep(string id, string creditor, byte[] pdf, CancellationToken ct)
    {
        var json = new JsonObject { ["pdf"] = Convert.ToBase64String(pdf) }.ToJsonString();
        return await registry.Documents.Put(new(Kind, id, creditor, json, 0), null, ct) ? pdf : (await Kept(id, ct))!;
    }
}
