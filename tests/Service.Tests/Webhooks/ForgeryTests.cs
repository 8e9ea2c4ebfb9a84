using System.Text;
using Dunning.Service.Webhooks.Verifying;
using static Dunning.Service.Tests.Webhooks.Delivered;

namespace Dunning.Service.Tests.Webhooks;

/// <summary>What is not the provider's is refused, for every provider alike.</summary>
public sealed class ForgeryTests
{
    public static TheoryData<string> Everyone => [.. Providers];

    public static TheoryData<string> ByHeader => [.. Providers.Where(p => p != "adyen")];

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task What_is_signed_is_taken_during_a_rotation_too(string provider)
    {
        Assert.Equal(Verdict.Genuine, await By(provider).Judged(provider));
        Assert.Equal(Verdict.Genuine, await By(provider).Judged(provider, OtherSecret(provider), Secret(provider)));
        Assert.Equal(Verdict.Genuine, await By(provider, secret: OtherSecret(provider)).Judged(provider, OtherSecret(provider), Secret(provider)));
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Another_creditors_secret_and_no_secret_sign_nothing(string provider)
    {
        Assert.Equal(Verdict.Forged, await By(provider, secret: OtherSecret(provider)).Judged(provider));
        Assert.Equal(Verdict.Forged, await Delivered.Verifier(provider == "adyen-header" ? "adyen" : provider).Verify(
            new(By(provider).Headers, By(provider).Body), new([]), Now, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(ByHeader))]
    public async Task A_body_changed_in_a_byte_or_a_space_or_by_a_mark_before_it_is_refused(string provider)
    {
        var delivered = By(provider);
        var body = delivered.Body;
        for (var at = 0; at < body.Length; at++)
        {
            delivered.Body = [.. body];
            delivered.Body[at] ^= 1;
            Assert.Equal(Verdict.Forged, await delivered.Judged(provider));
        }
        delivered.Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(":", ": ", StringComparison.Ordinal));
        Assert.Equal(Verdict.Forged, await delivered.Judged(provider));
        delivered.Body = [0xEF, 0xBB, 0xBF, .. body];
        Assert.Equal(Verdict.Forged, await delivered.Judged(provider));
        delivered.Body = body[..^1];
        Assert.Equal(Verdict.Forged, await delivered.Judged(provider));
    }

    [Theory]
    [MemberData(nameof(ByHeader))]
    public async Task A_header_that_is_missing_or_empty_or_spoilt_is_refused(string provider)
    {
        var (name, right) = (HeaderOf(provider), By(provider).Headers[HeaderOf(provider)].ToString());
        var signature = right[(right.LastIndexOfAny(['=', ','], right.Length - 3) + 1)..];
        var wrong = new Dictionary<string, Verdict>
        {
            [""] = Verdict.Forged,
            [right[..^1]] = Verdict.Forged,
            [right + "é"] = Verdict.Malformed,
            [right.Replace(signature, "", StringComparison.Ordinal)] = Verdict.Forged,
            [right.Replace(signature, signature + "0", StringComparison.Ordinal)] = Verdict.Forged,
        };
        if (provider is "stripe" or "gocardless" or "mollie")
            wrong[right.Replace(signature, signature.ToUpperInvariant(), StringComparison.Ordinal)] = Verdict.Forged;
        foreach (var (value, verdict) in wrong)
        {
            var delivered = By(provider);
            delivered.Headers[name] = value;
            Assert.True(await delivered.Judged(provider) == verdict, $"{provider}: {value}");
        }
        var without = By(provider);
        without.Headers.Remove(name);
        // Without its header a delivery of Adyen's is judged by its body, which is none of its standard ones.
        Assert.Equal(provider == "adyen-header" ? Verdict.Malformed : Verdict.Forged, await without.Judged(provider));
    }

    [Theory]
    [MemberData(nameof(ByHeader))]
    public async Task A_header_given_twice_is_not_judged_save_where_the_provider_repeats_it(string provider)
    {
        var delivered = By(provider);
        var right = delivered.Headers[HeaderOf(provider)].ToString();
        delivered.Headers[HeaderOf(provider)] = new([right, right]);
        Assert.Equal(provider == "mollie" ? Verdict.Genuine : Verdict.Malformed, await delivered.Judged(provider));
    }

    [Theory]
    [InlineData("stripe", 301, Verdict.Forged)]
    [InlineData("stripe", 300, Verdict.Genuine)]
    [InlineData("stripe", -300, Verdict.Genuine)]
    [InlineData("stripe", -301, Verdict.Forged)]
    [InlineData("standard", 301, Verdict.Forged)]
    [InlineData("standard", 300, Verdict.Genuine)]
    [InlineData("standard", -300, Verdict.Genuine)]
    [InlineData("standard", -301, Verdict.Forged)]
    public async Task Five_minutes_to_either_side_are_in_time(string provider, int secondsAgo, Verdict verdict) =>
        Assert.Equal(verdict, await By(provider, ago: secondsAgo).Judged(provider));

    [Theory]
    [InlineData("t=,v1=00")]
    [InlineData("t=-5,v1=00")]
    [InlineData("t= 1760000000x,v1=00")]
    [InlineData("t=1e9,v1=00")]
    [InlineData("t=99999999999999999999,v1=00")]
    [InlineData("t=9223372036854775807,v1=00")]
    [InlineData("t=1760000000,t=1760000001,v1=00")]
    [InlineData("v1=00")]
    [InlineData("nonsense")]
    [InlineData("t,v1=,v0=")]
    [InlineData("t,v1=,")]
    [InlineData(",,")]
    public async Task A_time_that_is_none_is_malformed(string header)
    {
        var delivered = By("stripe");
        delivered.Headers["Stripe-Signature"] = header;
        Assert.Equal(Verdict.Malformed, await delivered.Judged("stripe"));
    }

    [Fact]
    public async Task The_last_of_twenty_signatures_counts_and_another_scheme_does_not()
    {
        var stripe = By("stripe");
        var right = stripe.Headers["Stripe-Signature"].ToString().Split(',')[1];
        stripe.Headers["Stripe-Signature"] = $"t={Now.ToUnixTimeSeconds()}," + string.Concat(Enumerable.Range(0, 19).Select(i => $"v1={Hex("other", $"{i}")},")) + right;
        Assert.Equal(Verdict.Genuine, await stripe.Judged("stripe"));
        stripe.Headers["Stripe-Signature"] = $"t={Now.ToUnixTimeSeconds()},v0={right[3..]}";
        Assert.Equal(Verdict.Forged, await stripe.Judged("stripe"));
        var standard = By("standard");
        standard.Headers["webhook-signature"] = string.Concat(Enumerable.Range(0, 19).Select(i => $"v1,{Base64([(byte)i], "")} ")) + standard.Headers["webhook-signature"];
        Assert.Equal(Verdict.Genuine, await standard.Judged("standard"));
        standard.Headers["webhook-signature"] = standard.Headers["webhook-signature"].ToString().Replace("v1,", "v2,", StringComparison.Ordinal);
        Assert.Equal(Verdict.Forged, await standard.Judged("standard"));
    }

    [Fact]
    public async Task A_mark_before_the_body_that_was_signed_with_it_is_part_of_it()
    {
        var delivered = By("gocardless", "\uFEFF{}");
        Assert.Equal(Verdict.Genuine, await delivered.Judged("gocardless"));
    }

    [Fact]
    public async Task Every_item_of_a_batch_of_adyens_carries_its_own_signature()
    {
        var (good, bad) = (AdyenBody(HexKey, "PSP1", "100"), AdyenBody(OtherHexKey, "PSP2", "100"));
        var items = new[] { good, bad }.Select(b => b[(b.IndexOf('[', StringComparison.Ordinal) + 1)..b.LastIndexOf(']')]).ToArray();
        foreach (var (content, verdict) in new[] { (items[0], Verdict.Genuine), ($"{items[0]},{items[1]}", Verdict.Forged), ("", Verdict.Malformed), ("{}", Verdict.Malformed), ($"{items[0]},{{}}", Verdict.Malformed) })
            Assert.Equal(verdict, await new Delivered { Body = Encoding.UTF8.GetBytes($$"""{"notificationItems":[{{content}}]}""") }.Judged("adyen"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"notificationItems":[{"NotificationRequestItem":{"amount":{"value":1e400}}}],"notificationItems":[]}""")]
    public async Task A_body_that_cannot_be_read_is_malformed_where_the_signature_is_inside(string body) =>
        Assert.Equal(Verdict.Malformed, await new Delivered { Body = Encoding.UTF8.GetBytes(body) }.Judged("adyen"));

    [Fact]
    public async Task An_ed25519_signature_holds_for_its_message_only()
    {
        // Made with the key of RFC 8032, TEST 1, outside of this program.
        var publicKey = "whpk_" + Convert.ToBase64String(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        var delivered = By("standard", "{}");
        delivered.Headers["webhook-signature"] = "v1a,C6sxnBeG97/5swfwHjNOq0uPt9fuJDBuLjewpPPNXicJW9RtabubB5iJ87Rt5kAPkxPWQR6sNSpu3ydgRqTlCA==";
        Assert.Equal(Verdict.Genuine, await delivered.Judged("standard", publicKey));
        // A public key is no secret: what it would sign as one counts for nothing.
        delivered.Headers["webhook-signature"] = delivered.Headers["webhook-signature"].ToString().Replace("v1a", "v1", StringComparison.Ordinal);
        Assert.Equal(Verdict.Forged, await delivered.Judged("standard", publicKey));
        delivered.Headers["webhook-signature"] = "v1," + Base64(Convert.FromBase64String(publicKey[5..]), $"msg_1.{Now.ToUnixTimeSeconds()}.{{}}");
        Assert.Equal(Verdict.Forged, await delivered.Judged("standard", publicKey));
    }
}
