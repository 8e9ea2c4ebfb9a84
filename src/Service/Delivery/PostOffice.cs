using System.Security.Cryptography;
using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Engine;
using Dunning.Service.HandOver;
using Dunning.Service.Letters;
using Dunning.Service.Links;
using Dunning.Service.Papers;
using Dunning.Service.Portal;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using Dunning.Service.Replies;

namespace Dunning.Service.Delivery;

/// <summary>Writes each message in its creditor's name and hands it to the sender of its channel. A creditor in test mode never sends.</summary>
public sealed partial class PostOffice(MessageWriter writer, Registry registry, CreditorTexts texts, RateBook rates, ILetterRenderer letters, PaperArchive papers, Conversations conversations, IReadOnlyDictionary<Channel, IMessageSender> senders, LinkBook? links = null, PortalLinks? portal = null)
    : IPostOffice, IDisposable
{
    private readonly Dictionary<Channel, SemaphoreSlim> _places =
        senders.Where(s => s.Value.AtOnce is not null).ToDictionary(s => s.Key, s => new SemaphoreSlim(s.Value.AtOnce!.Value));

    public async ValueTask<IDisposable?> Turn(Channel channel, CancellationToken ct)
    {
        if (!_places.TryGetValue(channel, out var places))
            return null;
        await places.WaitAsync(ct);
        return new Place(places);
    }

    public async ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct)
    {
        var creditor = await registry.Creditors.Get(file.Creditor, ct) ?? throw new KeyNotFoundException($"There is no creditor {file.Creditor}.");
        var document = key.Channel == Channel.Email ? await InvoiceDocument.Find(registry.Documents, file.Id, file.Invoice.Number, ct) : null;
        var agreement = MessageFates.Find(file, key) is ({ Template: "plan-agreed", About: { } plan }, _) ? await Agreement(file, plan, ct) : null;
        var claims = policy.ClaimsAccessoriesAt(key.Step) ? await rates.Current(ct) : null;
        var link = links is null ? null : await links.Offer(file, policy, now, ct);
        var page = portal is null ? null : await portal.ForMessage(creditor.Value, file.Id, ct);
        var message = writer.Write(file, key, policy, creditor.Value, now, await texts.Of(file.Creditor, ct), document, claims, agreement, link, page);
        if (key.Channel != Channel.Letter)
            return message;
        if (creditor.Value.Collector is not null && policy.Regime[..2] == "fr")
            message = CollectorLetter.Complete(message, creditor.Value, file, message.Claim, policy.Zone.LocalDate(now));
        return message with { Pdf = letters.Render(LetterComposer.Of(message, creditor.Value, file, policy)) };
    }

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        if (message.Key.Channel == Channel.Sms)
            try
            {
                await conversations.Remember(message, ct);
            }
            catch (StoreUnavailable)
            {
                return new SendOutcome.TryAgain(TimeSpan.FromMinutes(1), "the store is unavailable");
            }
        return message.Test ? await Captured(message) : await senders[message.Key.Channel].Send(message, ct);
    }

    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) =>
        message.Test ? await Captured(message) : await senders[message.Key.Channel].Ask(message, ct);

    // The plan is confirmed in the e-mail's own words, too: a paper that cannot be drawn does not hold it back.
    private async Task<Enclosed?> Agreement(CaseFile file, string plan, CancellationToken ct)
    {
        try
        {
            return await papers.Agreement(file.Id, plan, ct) is { } pdf
                ? new($"{file.Invoice.Number}-plan.pdf", pdf.Length, Convert.ToHexStringLower(SHA256.HashData(pdf))) { Content = pdf }
                : null;
        }
        catch (Exception undrawable) when (undrawable is LetterNotDrawable or ArgumentException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Task<SendOutcome> Captured(OutgoingMessage message) => Task.FromResult<SendOutcome>(new SendOutcome.Accepted($"test:{message.Key}"));

    public void Dispose()
    {
        foreach (var places in _places.Values.Concat(_floors))
            places.Dispose();
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        // Given back once, however often it is told.
        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
