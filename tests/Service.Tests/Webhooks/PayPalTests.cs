using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Tests.Webhooks;

/// <summary>PayPal names the certificate it signed with: only its own hosts are asked, and only a certificate of its own, under a trusted root, counts.</summary>
public sealed class PayPalTests
{
    private const string Address = "https://api.paypal.com/v1/notifications/certs/CERT-1";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"WH-0001","event_type":"PAYMENT.CAPTURE.COMPLETED"}""");
    private static readonly DateTimeOffset Now = Delivered.Now;

    // Making keys takes longer than everything else here.
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly RSA RootKey = RSA.Create(2048);
    private static readonly X509Certificate2 TestRoot = Root(RootKey, "CN=Test root");

    [Fact]
    public async Task A_delivery_signed_with_a_certificate_of_paypals_is_genuine_and_the_certificate_is_fetched_once()
    {
        var source = new Certificates(Issue("CN=messageverificationcerts.paypal.com"));
        using var certificates = new PayPalCertificates(source, [TestRoot]);
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Equal(Verdict.Genuine, await Judge(certificates, Signed()));
        Assert.Equal([Address], source.Asked);
        Assert.Equal(Verdict.Forged, await Judge(certificates, Signed(), [.. Body, 10]));
        Assert.Equal(Verdict.Forged, await Judge(certificates, Signed(), webhookId: "WHID0002"));
        Assert.Equal(Verdict.Forged, await Judge(certificates, Signed(), webhookId: null));
        Assert.Equal(Verdict.Genuine, await Judge(certificates, Signed(), at: Now.AddHours(13)));
        Assert.Equal(2, source.Asked.Count);
    }

    [Theory]
    [InlineData("http://api.paypal.com/cert")]
    [InlineData("https://api.paypal.com.example.org/cert")]
    [InlineData("https://example.org/api.paypal.com")]
    [InlineData("https://api.paypal.com@example.org/cert")]
    [InlineData("https://user@api.paypal.com/cert")]
    [InlineData("https://api.paypal.com:8443/cert")]
    [InlineData("https://127.0.0.1/cert")]
    [InlineData("https://169.254.169.254/metadata")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/cert")]
    public async Task No_other_address_is_ever_asked(string address)
    {
        var source = new Certificates(Issue("CN=messageverificationcerts.paypal.com"));
        using var certificates = new PayPalCertificates(source, [TestRoot]);
        Assert.Equal(Verdict.Forged, await Judge(certificates, Signed(address)));
        Assert.Empty(source.Asked);
    }

    [Theory]
    [InlineData("CN=paypal.com.example.org")]
    [InlineData("CN=evilpaypal.com")]
    public async Task A_certificate_of_another_name_counts_for_nothing(string name)
    {
        using var certificates = new PayPalCertificates(new Certificates(Issue(name)), [TestRoot]);
        Assert.Equal(Verdict.Forged, await Judge(certificates, Signed()));
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_root_or_out_of_its_time_counts_for_nothing()
    {
        const string name = "CN=messageverificationcerts.paypal.com";
        using var other = Root(Key, "CN=Other root");
        using (var strangers = new PayPalCertificates(new Certificates(Issue(name)), [other]))
            Assert.Equal(Verdict.Forged, await Judge(strangers, Signed()));
        using (var ours = new PayPalCertificates(new Certificates(Issue(name)), null))
            Assert.Equal(Verdict.Forged, await Judge(ours, Signed()));
        foreach (var (from, until) in new[] { (-20, -1), (1, 20) })
            using (var untimely = new PayPalCertificates(new Certificates(Issue(name, from, until)), [TestRoot]))
                Assert.Equal(Verdict.Forged, await Judge(untimely, Signed()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task What_is_no_certificate_counts_for_nothing(string? pem)
    {
        using var certificates = new PayPalCertificates(new Certificates(pem), [TestRoot]);
        Assert.Equal(Verdict.Forged, await Judge(certificates, Signed()));
    }

    [Fact]
    public async Task Only_sha256_with_rsa_is_a_signature_and_every_header_is_needed()
    {
        using var certificates = new PayPalCertificates(new Certificates(Issue("CN=messageverificationcerts.paypal.com")), [TestRoot]);
        var weak = Signed();
        weak["PAYPAL-AUTH-ALGO"] = "SHA1withRSA";
        weak["PAYPAL-TRANSMISSION-SIG"] = Convert.ToBase64String(Key.SignData(Text(), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        Assert.Equal(Verdict.Forged, await Judge(certificates, weak));
        foreach (var name in Signed().Keys.ToList())
        {
            var headers = Signed();
            headers.Remove(name);
            Assert.Equal(Verdict.Forged, await Judge(certificates, headers));
            headers = Signed();
            headers[name] = new([headers[name].ToString(), headers[name].ToString()]);
            Assert.Equal(Verdict.Malformed, await Judge(certificates, headers));
        }
        var truncated = Signed();
        truncated["PAYPAL-TRANSMISSION-SIG"] = truncated["PAYPAL-TRANSMISSION-SIG"].ToString()[..^8];
        Assert.Equal(Verdict.Forged, await Judge(certificates, truncated));
    }

    private static byte[] Text() => Encoding.UTF8.GetBytes(PayPalVerifier.SignedText("11111111", "2025-10-09T08:53:20Z", "WHID0001", Body));

    private static HeaderDictionary Signed(string address = Address) => new()
    {
        ["PAYPAL-TRANSMISSION-ID"] = "11111111",
        ["PAYPAL-TRANSMISSION-TIME"] = "2025-10-09T08:53:20Z",
        ["PAYPAL-TRANSMISSION-SIG"] = Convert.ToBase64String(Key.SignData(Text(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ["PAYPAL-CERT-URL"] = address,
        ["PAYPAL-AUTH-ALGO"] = "SHA256withRSA",
    };

    private static async Task<Verdict> Judge(PayPalCertificates certificates, HeaderDictionary headers, byte[]? body = null, string? webhookId = "WHID0001", DateTimeOffset? at = null) =>
        await new PayPalVerifier(certificates).Verify(new(headers, body ?? Body), new([], webhookId), at ?? Now, TestContext.Current.CancellationToken);

    private static X509Certificate2 Root(RSA key, string name)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    private static string Issue(string name, int fromDay = -10, int untilDay = 10)
    {
        var request = new CertificateRequest(name, Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var issued = request.Create(TestRoot, Now.AddDays(fromDay), Now.AddDays(untilDay), [1, 2, 3]);
        return issued.ExportCertificatePem();
    }

    private sealed class Certificates(string? pem) : ICertificateSource
    {
        public List<string> Asked { get; } = [];

        public Task<string?> Fetch(Uri address, CancellationToken ct)
        {
            Asked.Add(address.ToString());
            return Task.FromResult(pem);
        }
    }
}
