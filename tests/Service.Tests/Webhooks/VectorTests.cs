using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Tests.Webhooks;

/// <summary>Signatures somebody else made hold, to the byte.</summary>
public sealed class VectorTests
{
    private static readonly JsonArray Vectors = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Webhooks", "vectors.json")))!.AsArray();

    [Theory]
    [InlineData("stripe", "stripe", "Stripe-Signature")]
    [InlineData("stripe-empty", "stripe", "Stripe-Signature")]
    [InlineData("gocardless", "gocardless", "Webhook-Signature")]
    [InlineData("mollie-nextgen", "mollie", "X-Mollie-Signature")]
    [InlineData("adyen-header", "adyen", "HmacSignature")]
    [InlineData("standardwebhooks", "standard", "webhook-signature")]
    public async Task A_signature_made_elsewhere_holds(string name, string provider, string header)
    {
        var vector = Vector(name);
        var headers = new HeaderDictionary { [header] = (string?)vector["header"] };
        if (vector["id"] is { } id)
            (headers["webhook-id"], headers["webhook-timestamp"]) = ((string?)id, vector["t"]!.ToString());
        var (body, secret) = (Encoding.UTF8.GetBytes((string)vector["body"]!), (string)(vector["secret"] ?? vector["hexKey"])!);
        Assert.Equal(Verdict.Genuine, await Judge(provider, headers, body, secret));
        Assert.Equal(Verdict.Forged, await Judge(provider, headers, [.. body, (byte)' '], secret));
    }

    // The specification's own, with and without the prefix of the secret, at its own time.
    [Theory]
    [InlineData("whsec_"), InlineData("")]
    public async Task The_vector_of_standard_webhooks_holds_at_its_time(string prefix)
    {
        var vector = Vector("standardwebhooks-published");
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = (string?)vector["id"],
            ["webhook-timestamp"] = vector["t"]!.ToString(),
            // Between others, of other keys and of other schemes.
            ["webhook-signature"] = $"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= {vector["header"]}",
        };
        var (body, secret) = (Encoding.UTF8.GetBytes((string)vector["body"]!), prefix + ((string)vector["secret"]!)["whsec_".Length..]);
        var then = DateTimeOffset.FromUnixTimeSeconds((long)vector["t"]!);
        foreach (var (now, verdict) in new[] { (then, Verdict.Genuine), (then.AddSeconds(300), Verdict.Genuine), (then.AddSeconds(301), Verdict.Forged), (Delivered.Now, Verdict.Forged) })
            Assert.Equal(verdict, await new StandardVerifier().Verify(new(headers, body), new([secret]), now, TestContext.Current.CancellationToken));
        headers["webhook-signature"] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd";
        Assert.Equal(Verdict.Forged, await new StandardVerifier().Verify(new(headers, body), new([secret]), then, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("adyen-standard"), InlineData("adyen-published")]
    public async Task Adyen_signs_values_as_they_are_after_decoding(string name)
    {
        var vector = Vector(name);
        var (fields, key) = (vector["fields"]!, (string)vector["hexKey"]!);
        var item = new JsonObject
        {
            ["additionalData"] = new JsonObject { ["hmacSignature"] = (string?)vector["hmacSignature"] },
            ["amount"] = new JsonObject { ["value"] = (int)fields["value"]!, ["currency"] = (string?)fields["currency"] },
        };
        foreach (var field in (string[])["pspReference", "merchantAccountCode", "merchantReference", "eventCode", "success"])
            item[field] = (string?)fields[field];
        var body = new JsonObject { ["notificationItems"] = new JsonArray(new JsonObject { ["NotificationRequestItem"] = item }) };
        // A backslash is two in JSON and one in what is signed; a solidus may be escaped.
        Assert.Equal(Verdict.Genuine, await Judge("adyen", [], Encoding.UTF8.GetBytes(body.ToJsonString()), key));
        Assert.Equal(Verdict.Genuine, await Judge("adyen", [], Encoding.UTF8.GetBytes(body.ToJsonString().Replace("/", "\\/", StringComparison.Ordinal)), key));
        item["success"] = true;
        Assert.Equal(Verdict.Genuine, await Judge("adyen", [], Encoding.UTF8.GetBytes(body.ToJsonString()), key));
        item["amount"]!["value"] = (int)fields["value"]! + 1;
        Assert.Equal(Verdict.Forged, await Judge("adyen", [], Encoding.UTF8.GetBytes(body.ToJsonString()), key));
    }

    [Fact]
    public void PayPal_signs_the_checksum_of_the_body_in_decimal()
    {
        var vector = Vector("paypal-signed-string");
        Assert.Equal((string?)vector["signed"],
            PayPalVerifier.SignedText((string)vector["transmissionId"]!, (string)vector["time"]!, (string)vector["webhookId"]!, Encoding.UTF8.GetBytes((string)vector["body"]!)));
        Assert.EndsWith("|3421780262", PayPalVerifier.SignedText("", "", "", "123456789"u8), StringComparison.Ordinal);
    }

    // RFC 8032, section 7.1: TEST 1, 2, 3 and SHA(abc).
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Ed25519_checks_as_the_specification_does(string publicKey, string message, string signature)
    {
        var (key, text, signed) = (Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.True(Ed25519.IsSigned(key, text, signed));
        Assert.False(Ed25519.IsSigned(key, [.. text, 0], signed));
        foreach (var at in (int[])[0, 31, 32, 63])
        {
            var other = signed.ToArray();
            other[at] ^= 1;
            Assert.False(Ed25519.IsSigned(key, text, other));
        }
    }

    // S and S + L sign the same; the specification takes the smaller only.
    [Fact]
    public void A_signature_with_its_scalar_beyond_the_order_is_refused()
    {
        var signed = Convert.FromHexString("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var s = new System.Numerics.BigInteger(signed.AsSpan(32), isUnsigned: true) + order;
        s.TryWriteBytes(signed.AsSpan(32), out _, isUnsigned: true);
        Assert.False(Ed25519.IsSigned(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), [], signed));
    }

    private static JsonNode Vector(string name) => Vectors.Single(v => (string?)v!["p"] == name)!;

    private static async Task<Verdict> Judge(string provider, HeaderDictionary headers, byte[] body, string secret) =>
        await Delivered.Verifier(provider).Verify(new(headers, body), new([secret]), Delivered.Now, TestContext.Current.CancellationToken);
}
