using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunning.Service.Events;

namespace Dunning.Service.Tests.Events;

/// <summary>docs/events.md is the contract with platforms: it shows one of each type, and no other.</summary>
public sealed partial class CatalogueTests
{
    [Fact]
    public void The_documentation_shows_one_event_of_every_type()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "events.md"));
        var shown = Example().Matches(text).Select(m => (Type: m.Groups[1].Value, Json: JsonNode.Parse(m.Groups[2].Value)!)).ToList();
        Assert.Equal(EventTypes.All.Order(), shown.Select(s => s.Type).Order());
        foreach (var (type, json) in shown.Where(s => s.Type != EventTypes.Test))
            Assert.True(json["creditor"] is not null && json["caseId"] is not null && json["number"] is not null && json["currency"] is not null, type);
    }

    [GeneratedRegex(@"^\| `([a-zA-Z.]+)` \|.*\| `(\{.*\})` \|$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
