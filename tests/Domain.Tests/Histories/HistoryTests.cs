using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dunning.Domain.Tests.Histories;

/// <summary>
/// Lives recorded as they were decided once. They are kept for ever: a changed answer is a new decision about dunning, to be made
/// knowingly, never a file to be edited in passing.
/// </summary>
public class HistoryTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(), new TextConverter<Money>(Money.Parse), new TextConverter<MessageKey>(MessageKey.Parse) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Dictionary<string, Policy> Policies =
        new[] { Sample.FrB2b, Sample.FrB2c, Sample.FrPublic, Sample.FrB2bFast, Sample.BeB2b }.ToDictionary(p => p.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => new(Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal)));

    [Fact]
    public void Histories_are_found() => Assert.True(Names.Count >= 10);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_life_is_lived_again_to_the_letter(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var history = JsonSerializer.Deserialize<History>(file, Json)!;
        var debtor = Sample.Baker with { Kind = history.Debtor };
        var life = new Ladder(Policies[history.Policy]) { ApprovesAtOnce = history.Smooth, PostsAtOnce = history.Smooth }
            .Registered(history.RegisteredAt, debtor: debtor, alreadySent: history.AlreadySent);
        foreach (var told in history.Events)
        {
            if (told.Type == "HostWasDown")
                life.DownUntil(told.At);
            else
                life.Then(told.At, EventOf(told));
        }
        life.Until(history.Until);
        var lived = life.Lines.Append($"{Sample.Wall(life.Now)} {life.File.Balance} owed").ToList();
        if (!lived.SequenceEqual(history.Transcript))
            Assert.Fail($"{name} is now lived as\n{string.Join(",\n", lived.Select(l => $"    \"{l}\""))}");
    }

    private static CaseEvent EventOf(Told told)
    {
        var type = typeof(CaseEvent).GetNestedType(told.Type) ?? throw new InvalidOperationException($"No event is called {told.Type}.");
        return (CaseEvent)JsonSerializer.Deserialize(JsonSerializer.SerializeToElement(told.Fields), type, Json)!;
    }

    private sealed record History(string Policy, DebtorKind Debtor, string RegisteredAt, int AlreadySent, bool Smooth, IReadOnlyList<Told> Events, string Until, IReadOnlyList<string> Transcript);

    private sealed record Told(string At, string Type)
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement> Fields { get; init; } = [];
    }

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());
    }
}
