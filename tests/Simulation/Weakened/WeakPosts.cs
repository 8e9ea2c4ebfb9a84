using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>Asks nobody what became of an orphan: it is simply tried again.</summary>
internal sealed class AsksNobody(IPostOffice post) : IPostOffice
{
    public ValueTask<IDisposable?> Floor(string creditor, string debtor, CancellationToken ct) => post.Floor(creditor, debtor, ct);

    public ValueTask<string?> InCommon(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) => post.InCommon(file, key, policy, now, ct);

    public ValueTask<IReadOnlyList<OutgoingMessage>> Write(string joint, IReadOnlyList<JoinedCase> cases, DateTimeOffset now, CancellationToken ct) => post.Write(joint, cases, now, ct);

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        post.Write(file, key, policy, now, ct);

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => post.Send(message, ct);

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) =>
        Task.FromResult<SendOutcome?>(new SendOutcome.TryAgain(TimeSpan.FromSeconds(1), "surely lost"));
}

/// <summary>Takes a timeout for a refusal of service: what may have been taken is sent again.</summary>
internal sealed class TrustsTimeouts(IPostOffice post) : IPostOffice
{
    public ValueTask<IDisposable?> Floor(string creditor, string debtor, CancellationToken ct) => post.Floor(creditor, debtor, ct);

    public ValueTask<string?> InCommon(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) => post.InCommon(file, key, policy, now, ct);

    public ValueTask<IReadOnlyList<OutgoingMessage>> Write(string joint, IReadOnlyList<JoinedCase> cases, DateTimeOffset now, CancellationToken ct) => post.Write(joint, cases, now, ct);

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        post.Write(file, key, policy, now, ct);

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) =>
        await post.Send(message, ct) is var outcome and not SendOutcome.Uncertain
            ? outcome
            : new SendOutcome.TryAgain(TimeSpan.FromHours(1), "timed out");

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => post.Ask(message, ct);
}

/// <summary>Writes the amount of the invoice, whatever was paid since.</summary>
internal sealed class WritesTheOldAmount(IPostOffice post) : IPostOffice
{
    public async ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        await post.Write(file, key, policy, now, ct) with { Balance = file.Invoice.Amount };

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => post.Send(message, ct);

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => post.Ask(message, ct);
}

/// <summary>Sends what was joined row by row, each in a message of its own, and then as one.</summary>
internal sealed class SaysItTwice(IPostOffice post) : IPostOffice
{
    public ValueTask<IDisposable?> Floor(string creditor, string debtor, CancellationToken ct) => post.Floor(creditor, debtor, ct);

    public ValueTask<string?> InCommon(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) => post.InCommon(file, key, policy, now, ct);

    public ValueTask<IReadOnlyList<OutgoingMessage>> Write(string joint, IReadOnlyList<JoinedCase> cases, DateTimeOffset now, CancellationToken ct) => post.Write(joint, cases, now, ct);

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        post.Write(file, key, policy, now, ct);

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        if (message.Joint is not null)
            await post.Send(message with { Joint = null }, ct);
        return await post.Send(message, ct);
    }

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => post.Ask(message, ct);
}
