using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

internal static class Samples
{
    internal static MailMessage Message() => new()
    {
        MessageId = "inv-7.first@mail.creditor.example",
        From = new Mailbox("compta@creditor.example", "Société Générale d'Étanchéité"),
        To = new Mailbox("client@debtor.example", "Zoë Müller-Łukasz"),
        Subject = "Facture n° 7 : 1 234,50 € à régler",
        Text = "Bonjour,\n\n1\u202F234,50\u00A0€ restent à régler.\n.\n..deux points\n",
        Date = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1)),
    };

    internal static MailMessage To(string address) => Message() with { To = new Mailbox(address) };

    /// <summary>A self-made certificate with its key in one PEM file, for one IP address.</summary>
    internal static string CertificateFile(System.Net.IPAddress address)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        var file = Path.Combine(Directory.CreateTempSubdirectory("dunning-mail-").FullName, "server.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }
}
