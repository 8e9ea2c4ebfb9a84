using System.Text;
using System.Text.Json.Nodes;
using Dunning.Service.Reports;
using Microsoft.Extensions.Primitives;

namespace Dunning.Service.Tests.Replies;

/// <summary>Signatures somebody else made hold, to the byte; nothing else does.</summary>
public sealed class TwilioSignatureTests
{
    private static readonly JsonArray Vectors = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Webhooks", "vectors.json")))!.AsArray();
    private static readonly JsonNode Form = Vectors.Single(v => (string?)v!["p"] == "twilio-form")!;
    private static readonly JsonNode Json = Vectors.Single(v => (string?)v!["p"] == "twilio-json")!;
    private static readonly byte[] Body = Encoding.UTF8.GetBytes((string)Json["body"]!);

    private static string Token => (string)Form["authToken"]!;

    private static string Signature => (string)Form["header"]!;

    [Fact]
    public void A_form_signed_elsewhere_holds() => Assert.True(Holds(Fields(), Signature, [Token]));

    [Fact]
    public void During_a_rotation_any_token_may_have_signed() => Assert.True(Holds(Fields(), Signature, [.. Enumerable.Range(0, 20).Select(i => $"another-{i}"), Token]));

    [Fact]
    public void A_body_signed_elsewhere_holds() => Assert.True(HoldsJson(Body));

    [Fact]
    public void A_body_changed_by_a_byte_does_not() => Assert.False(HoldsJson([.. Body, (byte)' ']));

    [Fact]
    public void A_body_whose_hash_is_of_another_does_not()
    {
        var sha256 = new string('0', 64);
        Assert.False(TwilioSignature.OfBody((string)Json["url"]!, sha256, Body, (string)Json["header"]!, [Token]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0LtGKPVJeR90BqdfrUj3dAR/EIA")]
    [InlineData("0LtGKPVJeR90BqdfrUj3dAR/EIB=")]
    [InlineData("0ltgkpvjer90bqdfruj3dar/eia=")]
    [InlineData("é======================é===")]
    [InlineData("D0BB4628F549791F7406A75FAD48F77")]
    public void Another_signature_does_not(string presented) => Assert.False(Holds(Fields(), presented, [Token]));

    [Fact]
    public void Another_token_or_none_does_not()
    {
        Assert.False(Holds(Fields(), Signature, ["tw_selfmade_0002"]));
        Assert.False(Holds(Fields(), Signature, []));
    }

    [Fact]
    public void A_field_changed_added_or_taken_away_does_not()
    {
        foreach (var name in Fields().Keys)
            Assert.False(Holds(new(Fields()) { [name] = "x" }, Signature, [Token]), name);
        Assert.False(Holds(new(Fields()) { ["New"] = "x" }, Signature, [Token]));
        var fewer = Fields();
        fewer.Remove("To");
        Assert.False(Holds(fewer, Signature, [Token]));
    }

    [Theory]
    [InlineData("https://dunning.example.org:443/webhooks/twilio?tenant=t1", true)]
    [InlineData("https://dunning.example.org/webhooks/twilio?tenant=t2", false)]
    [InlineData("https://evil.example.org/webhooks/twilio?tenant=t1", false)]
    [InlineData("http://dunning.example.org/webhooks/twilio?tenant=t1", false)]
    [InlineData("https://dunning.example.org/webhooks/twilio", false)]
    public void The_address_is_signed_with_its_port_or_without(string address, bool holds) =>
        Assert.Equal(holds, TwilioSignature.OfForm(address, Fields(), Signature, [Token]));

    [Fact]
    public void A_signature_over_the_address_with_its_port_holds_without()
    {
        var signed = ((string)Form["url"]!).Replace(".org/", ".org:443/", StringComparison.Ordinal) + string.Concat(Fields().OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value));
#pragma warning disable CA5350 // The provider's own scheme.
        Assert.True(Holds(Fields(), Convert.ToBase64String(System.Security.Cryptography.HMACSHA1.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(signed))), [Token]));
#pragma warning restore CA5350
    }

    private static bool Holds(Dictionary<string, StringValues> fields, string presented, string[] tokens) =>
        TwilioSignature.OfForm((string)Form["url"]!, fields, presented, tokens);

    private static bool HoldsJson(byte[] body) => TwilioSignature.OfBody(
        (string)Json["url"]!, ((string)Json["url"]!).Split("bodySHA256=")[1], body, (string)Json["header"]!, [Token]);

    private static Dictionary<string, StringValues> Fields() => Form["params"]!.AsObject().ToDictionary(p => p.Key, p => new StringValues((string?)p.Value), StringComparer.Ordinal);
}
