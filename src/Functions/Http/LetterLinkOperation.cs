using Azure.Identity;
using Dunning.Domain;
using Dunning.Functions.Senders;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using RequestFailedException = Azure.RequestFailedException;

namespace Dunning.Functions.Http;

public sealed record LetterLink(Uri Url, DateTimeOffset ExpiresAt);

/// <summary>Lets an operator fetch a letter from where it is stored, with an address that opens it for some minutes.</summary>
public sealed class LetterLinkOperation(Acknowledger acknowledger, ICaseStore store, LetterStore letters) : IRoutes
{
    public IEnumerable<Operation> Operations =>
    [
        new("linkLetter", "GET", "/api/invoices/{id}/messages/{step}/{channel}/{sending}/link", Role.Operator, "An address that opens a stored letter for ten minutes", Get)
        {
            Group = "Messages",
            Response = typeof(LetterLink),
        },
    ];

    private async Task<Answer> Get(ApiRequest request)
    {
        if (await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is not { Stored.Id: var id }
            || !MessageKey.TryParse($"{id}/{request.Route("step")}/{request.Route("channel")}/{request.Route("sending")}", out var key)
            || key is not { Channel: Channel.Letter } || key.Case != id
            || await store.FindMessage(key, request.Ct) is not { Test: false, Pdf: not null } message)
            return Answer.NotFound("letter");
        try
        {
            return await letters.Link(message, request.Ct) is var (url, expires) ? Answer.Ok(new LetterLink(url, expires)) : Answer.NotFound("letter");
        }
        catch (Exception failure) when (failure is RequestFailedException or AuthenticationFailedException)
        {
            return Answer.Refuse(503, "letterStoreUnavailable", "The letter store does not answer, or gives this app no right to make links.");
        }
    }
}
