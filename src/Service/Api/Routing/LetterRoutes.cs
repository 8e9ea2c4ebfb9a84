using Dunning.Service.Api.Operations;
using Dunning.Service.Postage;

namespace Dunning.Service.Api.Routing;

/// <summary>Letters for whoever posts them.</summary>
public sealed class LetterRoutes(LetterOperations letters) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return new("listLetters", "GET", "/api/letters", Role.Read, "The letters made on a day, for whoever posts them", letters.List)
            {
                Group = "Letters",
                Response = typeof(PageView<PostedLetter>),
                Query = ["date", "creditor", "posted", "bothSides", "cursor", "limit"],
            };
            yield return new("exportLetters", "GET", "/api/letters/export", Role.Operator, "They and their manifest, as CSV and JSON, in a ZIP", letters.Export)
            {
                Group = "Letters",
                Query = ["date", "creditor", "bothSides"],
            };
            yield return new("postLetters", "POST", "/api/letters/postings", Role.Operator, "The manifest back, with posting dates and tracking numbers; a result per line", letters.Post)
            {
                Group = "Letters",
                RawBody = true,
                Response = typeof(PostingResult),
                Query = ["date"],
            };
        }
    }
}
