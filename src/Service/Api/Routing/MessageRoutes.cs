using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>What was sent, what became of it, and sending it again.</summary>
public sealed class MessageRoutes(MessageOperations messages) : IRoutes
{
    // A message key holds slashes; both of its spellings in a path are understood.
    public IEnumerable<Operation> Operations
    {
        get
        {
            foreach (var (suffix, route) in new[] { ("", "{step}/{channel}/{sending}"), ("ByKey", "{key}") })
            {
                var path = $"/api/invoices/{{id}}/messages/{route}";
                yield return new("getMessage" + suffix, "GET", path, Role.Read, "A message exactly as sent; format=pdf is a letter as printed, format=html the page of an e-mail", messages.Get) { Group = "Messages", Response = typeof(MessageView), Query = ["format"] };
                yield return new("tellOutcome" + suffix, "POST", path + "/outcome", Role.Operator, "What became of a message: accepted, notSent, refused, delivered, bounced; for a letter also posted, refusedByAddressee, unclaimed, unknownAddress", messages.Outcome)
                {
                    Group = "Messages",
                    Example = new { outcome = "accepted" },
                    Response = typeof(FactView),
                    SuccessStatus = 202,
                    Foresees = typeof(ConsequenceView),
                };
                yield return new("resend" + suffix, "POST", path + "/resend", Role.Operator, "Send a message again, under the same rules", messages.Resend)
                {
                    Group = "Messages",
                    Response = typeof(FactView),
                    SuccessStatus = 202,
                    Foresees = typeof(ConsequenceView),
                    BodyOptional = true,
                };
            }
        }
    }
}
