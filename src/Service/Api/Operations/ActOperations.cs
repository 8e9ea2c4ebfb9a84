using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Engine;
using Dunning.Service.Links;
using Dunning.Service.Policies;
using Dunning.Service.Portal;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

/// <summary>What operators do to a case and its steps.</summary>
public sealed class ActOperations(Acknowledger acknowledger, PolicyBook policies, Registry registry, CreditorTexts texts, MessageWriter writer, RateBook rateBook, LinkBook links, PortalLinks portal)
{
    public Task<Answer> Hold(ApiRequest r) => Act(r, _ => FactBodies.Hold(r.Body, HoldScope.Case));

    public Task<Answer> Release(ApiRequest r) => Act(r, _ => new Released());

    public Task<Answer> Cancel(ApiRequest r) => Act(r, _ => FactBodies.Cancel(r.Body));

    public Task<Answer> WriteOff(ApiRequest r) => Act(r, _ => FactBodies.WriteOff(r.Body));

    public Task<Answer> Call(ApiRequest r) => Act(r, _ => new CallLogged(r.Body.Text("step", max: 64), r.Body.Text("outcome", max: 60) ?? "made", r.Body.Note("note")));

    public Task<Answer> Procedure(ApiRequest r) => Act(r, _ => FactBodies.Procedure(r.Body));

    public Task<Answer> DueDate(ApiRequest r) => Act(r, f => FactBodies.DueDate(r.Body, f.File));

    public Task<Answer> Amend(ApiRequest r) => Act(r, f =>
        (r.Body.Amount("amount", f.File.Invoice.Amount.Currency, required: true), r.Body.Note("reason", required: true)) is ({ } amount, { } reason)
            ? new InvoiceAmended(amount, reason) : null);

    /// <summary>Only what is given changes; null takes an address away.</summary>
    public Task<Answer> Contact(ApiRequest r) => Act(r, f => new ContactChanged(Changed(r.Body, f.File.Debtor)));

    public Task<Answer> Sent(ApiRequest r) => Act(r, _ => new InvoiceSent(r.Body.Instant("sentAt") ?? r.Now));

    public Task<Answer> Approve(ApiRequest r) => Act(r, _ => new StepApproved(r.Route("step")));

    public Task<Answer> Reject(ApiRequest r) => Act(r, _ => new StepRejected(r.Route("step"), r.Body.Note("reason")));

    public Task<Answer> SendNow(ApiRequest r) => Act(r, _ => new StepHastened(r.Route("step")));

    public async Task<Answer> Policy(ApiRequest r)
    {
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        var (name, version) = (r.Body.Text("policy", required: true, max: 60), r.Body.Whole("version"));
        if (name is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (await policies.Find(folded.File.Creditor, name, version, r.Ct) is not { } found)
            return Answer.Unprocessable(new Fault("policy", "unknownPolicy", $"there is no policy '{name}'."));
        var policy = await policies.Get(found, r.Ct);
        return PolicyRules.Fits(policy.Regime, folded.File.Debtor)
            ? await Act(r, _ => new PolicyMoved(found))
            : Answer.Unprocessable(new Fault("policy", "regimeDoesNotFit", $"'{name}' follows {policy.Regime}, which does not fit this debtor."));
    }

    /// <summary>What a step would say on each of its channels, on the day it would leave as things stand; for a call, what the caller may say.</summary>
    public async Task<Answer> Preview(ApiRequest r)
    {
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        if (folded.Policy.FindRung(r.Route("step")) is not { } rung || (await registry.Creditors.Get(folded.File.Creditor, r.Ct))?.Value is not { } creditor)
            return Answer.NotFound("step");
        var (previews, rates) = (new List<PreviewView>(), await rateBook.Current(r.Ct));
        TextBook book;
        try
        {
            book = await texts.Of(folded.File.Creditor, r.Ct);
        }
        catch (BrokenTexts broken)
        {
            return TextOperations.Broken(broken.Faults);
        }
        var at = Schedule.RecordOf(folded.File, rung.Id) is null && Schedule.StepDue(folded.File, folded.Policy, rung).At is var due && due > r.Now ? due : r.Now;
        var link = await links.Offer(folded.File, folded.Policy, r.Now, r.Ct);
        var page = portal.ForPreview(creditor);
        foreach (var channel in rung.Step.Channels.Where(c => c != Channel.Handover))
            previews.Add(Preview(folded, rung, channel, creditor, at, book, rates, link, page));
        return Answer.Ok(new PreviewsView(rung.Id, previews));
    }

    private PreviewView Preview(FoldedCase folded, Rung rung, Channel channel, Creditor creditor, DateTimeOffset now, TextBook book, Rates rates, Func<Money, string?>? link, string? page)
    {
        var today = folded.Policy.Zone.LocalDate(now);
        var step = new StepRecord(rung.Id, rung.Offset, rung.IsFormalNotice, today, StepOutcome.Underway)
        {
            Template = rung.Step.Template,
            Deadline = rung.Step.DeadlineDays is { } days ? today.AddDays(days) : null,
        };
        var file = folded.File with { Steps = [.. folded.File.Steps.Where(s => s.Id != rung.Id), step] };
        var name = MessageKey.Name(channel);
        try
        {
            var message = writer.Write(file, new(file.Id, rung.Id, channel, 1), folded.Policy, creditor, now, book, rates: rates, link: link, portal: page);
            return new(name, message.To, message.Subject, message.Body, null) { Html = message.Html, PaymentCode = message.PaymentCode };
        }
        catch (Exception missing) when (missing is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new(name, null, null, null, missing.Message);
        }
    }

    private Task<Answer> Act(ApiRequest request, Func<FoldedCase, CaseEvent?> read) => acknowledger.Acknowledge(request, request.Route("id"), read);

    private static Debtor Changed(BodyReader body, Debtor debtor)
    {
        if (!body.Has("email") && !body.Has("phone") && !body.Has("address") && !body.Has("name") && !body.Has("contacts") && !body.Has("language")
            && !body.IsNull("email") && !body.IsNull("phone") && !body.IsNull("address"))
            body.Add("email", "required", "at least one of name, email, phone, address, language and contacts must be given.");
        return debtor with
        {
            Name = body.Text("name") ?? debtor.Name,
            Language = PartyBody.Language(body) ?? debtor.Language,
            Email = body.IsNull("email") ? null : PartyBody.Email(body, "email") ?? debtor.Email,
            Phone = body.IsNull("phone") ? null : PartyBody.Phone(body, "phone") ?? debtor.Phone,
            Address = body.IsNull("address") ? null : PartyBody.Address(body.Member("address")) ?? debtor.Address,
            Contacts = body.Has("contacts") ? [.. body.Members("contacts", max: 20).Select(PartyBody.Contact)] : debtor.Contacts,
        };
    }
}

public sealed record PreviewView(string Channel, string? To, string? Subject, string? Body, string? Missing)
{
    public string? Html { get; init; }

    /// <summary>The payload of the payment QR code its page shows.</summary>
    public string? PaymentCode { get; init; }
}

public sealed record PreviewsView(string Step, IReadOnlyList<PreviewView> Messages);
