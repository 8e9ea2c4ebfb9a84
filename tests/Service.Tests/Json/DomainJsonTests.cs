using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Bank;
using Dunning.Service.Json;
using Dunning.Service.Register;
using Dunning.Service.Webhooks;
using Xunit;

namespace Dunning.Service.Tests.Json;

public class DomainJsonTests
{
    public static TheoryData<object> Everything() =>
    [
        Filled<DunningCase.Open>(),
        Filled<DunningCase.Closed>(),
        DunningCase.Unregistered.Instance,
        new DunningCase.Open(Bare()),
        new DunningCase.Closed(Bare(), CaseStatus.Scheduled, default),
        .. typeof(CaseEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(CaseEvent))).Select(Filled),
    ];

    [Fact]
    public void A_list_that_is_left_out_when_it_is_empty_is_read_as_empty()
    {
        Assert.Empty(Again(new Payer([])).Debtors);
        Assert.Empty(Again(new BulkAct("bulk-1", "key-1", "hold", "Fair", default, [])).Cases);
        Assert.Empty(Again(new AwaitedInvoice("demo", [])).Payments);

        static T Again<T>(T value) => DomainJson.Read<T>(DomainJson.Write(value));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_is_written_by_hand_is_what_reflection_writes(object value)
    {
        var type = value is DunningCase ? typeof(DunningCase) : typeof(CaseEvent);
        var written = JsonSerializer.Serialize(value, type, DomainJson.Options);
        var reflected = JsonSerializer.Serialize(value, type, DomainJson.Reflected);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(reflected)), $"written:   {written}\nreflected: {reflected}");
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_is_read_by_hand_is_what_reflection_reads(object value)
    {
        var type = value is DunningCase ? typeof(DunningCase) : typeof(CaseEvent);
        var json = JsonSerializer.Serialize(value, type, DomainJson.Reflected);
        var read = JsonSerializer.Deserialize(json, type, DomainJson.Options);
        Assert.Equal(json, JsonSerializer.Serialize(read, type, DomainJson.Reflected));
    }

    [Fact]
    public void An_event_that_says_as_little_as_it_may_is_read()
    {
        foreach (var type in typeof(CaseEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(CaseEvent))))
        {
            var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
            var least = (CaseEvent)constructor.Invoke([.. constructor.GetParameters().Select(p =>
                p.HasDefaultValue ? p.DefaultValue
                : p.ParameterType == typeof(string) ? ""
                : p.ParameterType.IsValueType && p.ParameterType != typeof(Money) && p.ParameterType != typeof(MessageKey) ? Activator.CreateInstance(p.ParameterType)
                : p.ParameterType.IsGenericType ? Array.CreateInstance(p.ParameterType.GetGenericArguments()[0], 0)
                : Filled(p.ParameterType))]);
            Assert.IsType(type, EventBody.Read(1, LogFormat.Plain, DomainJson.Write(least), default));
        }
    }

    [Fact]
    public void A_property_that_a_later_release_wrote_is_passed_over()
    {
        var json = JsonNode.Parse(DomainJson.Write<DunningCase>(Filled<DunningCase.Open>()))!;
        foreach (var place in Objects(json).ToList())
            place["later"] = new JsonObject { ["a"] = new JsonArray(1, "type") };
        Assert.Equal(
            JsonSerializer.Serialize<DunningCase>(Filled<DunningCase.Open>(), DomainJson.Reflected),
            JsonSerializer.Serialize(DomainJson.Read<DunningCase>(JsonSerializer.SerializeToUtf8Bytes(json)), DomainJson.Reflected));
    }

    [Theory]
    [InlineData("""{"type":"open"}""")]
    [InlineData("""{"type":"elsewhere","file":null}""")]
    [InlineData("""{"type":"open","file":{}}""")]
    [InlineData("""{"type":"closed","file":{"steps":5}}""")]
    [InlineData("""{"type":"open","file":{"invoice":{"dueDate":"2026-02-30"}}}""")]
    [InlineData("""{"type":"open","file":{"debtor":{"kind":"ghost"}}}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void What_is_not_a_case_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => DomainJson.Read<DunningCase>(System.Text.Encoding.UTF8.GetBytes(json)));

    private static CaseFile Bare() => new(
        "c", "demo", new("F-1", new(2026, 9, 1), new(2026, 10, 1), Money.Of(0m, Currency.Parse("JPY"))),
        new("d", "Côté \"Sud\"", DebtorKind.Business, "FR", "fr"), new("fr-b2b", 1), default, new(Money.Of(12.5m, Currency.Euro)));

    private static T Filled<T>() => (T)Filled(typeof(T));

    // Every property gets a value that is not its default, so that one forgotten by hand shows.
    internal static object Filled(Type type)
    {
        if (type == typeof(string))
            return "Lettre n° 1 \"à la main\"\n";
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return 7;
        if (type == typeof(long))
            return 12L;
        if (type == typeof(decimal))
            return 12.15m;
        if (type == typeof(Money))
            return Money.Of(1234.56m, Currency.Euro);
        if (type == typeof(DateOnly))
            return new DateOnly(2028, 2, 29);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 10, 25, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(1234567);
        if (type == typeof(MessageKey))
            return new MessageKey("case", "step", Channel.Sms, 2);
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Filled(inner);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Items<>))
            return Activator.CreateInstance(type, BindingFlags.NonPublic | BindingFlags.Instance, null, [ListOf(type.GetGenericArguments()[0])], null)!;
        if (type.IsGenericType)
            return ListOf(type.GetGenericArguments()[0]);
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Filled(p.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            property.SetValue(made, Filled(property.PropertyType));
        return made;
    }

    private static Array ListOf(Type element)
    {
        var array = Array.CreateInstance(element, 2);
        array.SetValue(Filled(element), 0);
        array.SetValue(Filled(element), 1);
        return array;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(p => Objects(p.Value)).Prepend(json),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };
}
