using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Service.Audit;

/// <summary>Puts acts beside the cases on the record, whichever way they were asked for: with a key, in the console, through a link.</summary>
public sealed class ActsOnRecord(AdminLog admin, ICaseStore cases)
{
    /// <summary>
    /// Before it is answered: what was acknowledged is on the record. A request told again may have been cut short right before. Refusals, reads and foresights leave nothing.
    /// </summary>
    public async Task<Answer> Keep(Operation operation, ApiRequest request, Answer answer)
    {
        if (answer.Status < 300 && AuditedActs.Of(operation, request) is { } act)
            await admin.Append(act.Creditor is null && AuditedActs.CaseOf(operation, request) is { } id ? act with { Creditor = await Owner(id, request.Ct) } : act, request.Ct);
        return answer;
    }

    private async Task<string?> Owner(string caseId, CancellationToken ct) => (await cases.Load(caseId, ct))?.State.Known?.Creditor;
}
