using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Rendering;

namespace Dunning.Service.Delivery;

/// <summary>How several messages to one debtor become one.</summary>
public sealed partial class PostOffice
{
    // Debtors that share a floor by chance wait for one another's claims, no more.
    private const int Floors = 1024;

    private readonly SemaphoreSlim[] _floors = [.. Enumerable.Range(0, Floors).Select(_ => new SemaphoreSlim(1))];

    public async ValueTask<IDisposable?> Floor(string creditor, string debtor, CancellationToken ct)
    {
        var floor = _floors[unchecked((uint)HashCode.Combine(creditor, debtor)) % Floors];
        await floor.WaitAsync(ct);
        return new Place(floor);
    }

    public async ValueTask<string?> InCommon(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        await registry.Creditors.Get(file.Creditor, ct) is { Value: var creditor } ? MessageWriter.InCommon(file, key, policy, creditor) : null;

    public async ValueTask<IReadOnlyList<OutgoingMessage>> Write(string joint, IReadOnlyList<JoinedCase> cases, DateTimeOffset now, CancellationToken ct)
    {
        var owner = cases[0].File.Creditor;
        var creditor = await registry.Creditors.Get(owner, ct) ?? throw new KeyNotFoundException($"There is no creditor {owner}.");
        var documents = await Documents(cases, ct);
        var said = new List<StatementCase>();
        foreach (var (one, document) in cases.Zip(documents))
            said.Add(new(one, document, links is null ? null : await links.Offer(one.File, one.Policy, now, ct), portal is null ? null : await portal.ForMessage(creditor.Value, one.File.Id, ct)));
        return writer.Write(joint, said, creditor.Value, now, await texts.Of(owner, ct));
    }

    // All of them, or none: a mail whose attachments nobody takes would be no reminder at all.
    private async Task<IReadOnlyList<Enclosed?>> Documents(IReadOnlyList<JoinedCase> cases, CancellationToken ct)
    {
        var found = new Enclosed?[cases.Count];
        var bytes = 0;
        for (var i = 0; i < cases.Count && cases[i].Key.Channel == Channel.Email; i++)
        {
            found[i] = await InvoiceDocument.Find(registry.Documents, cases[i].File.Id, cases[i].File.Invoice.Number, ct);
            if ((bytes += found[i]?.Bytes ?? 0) > InvoiceDocument.MaxBytes)
                return new Enclosed?[cases.Count];
        }
        return found;
    }
}
