using Dunning.Service.Engine;

namespace Dunning.Service.Webhooks;

/// <summary>What providers were told we have and is in no log yet: deliveries to be processed, and payments that were told before their invoice.</summary>
public sealed class Intake(WebhookInbox inbox, Lazy<ProviderPayments> payments) : IIntake
{
    public async Task<bool> IsBehind(string creditor, string caseId, CancellationToken ct)
    {
        var behind = await inbox.IsBehind(creditor, ct);
        // Of itself a case hears of them when it is registered; a crash may have come in between.
        await payments.Value.Registered(caseId, ct);
        return behind;
    }
}
