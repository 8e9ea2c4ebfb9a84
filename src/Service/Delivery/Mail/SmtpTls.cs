using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Dunning.Service.Delivery.Mail;

/// <summary>TLS towards a mail server, with the platform's own checks: issuer, dates, host name. Nothing can switch them off.</summary>
internal static class SmtpTls
{
    internal static async Task<Stream> Encrypt(Stream clear, SmtpServer server, CancellationToken cancel)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = server.Host };
        if (server.AuthorityFile is { } file)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                // A private authority rarely publishes revocations, and one that cannot be asked must not stop the mail.
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        var encrypted = new SslStream(clear);
        await encrypted.AuthenticateAsClientAsync(options, cancel);
        return encrypted;
    }
}
