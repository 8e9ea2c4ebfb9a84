using Dunning.Service.Audit;
using Dunning.Service.Console.EasyAuth;
using Dunning.Service.Delivery.Mail;
using Microsoft.Extensions.Configuration;

namespace Dunning.Functions;

/// <summary>Settings that are missing or cannot be read, all of them.</summary>
public sealed class MissingSettings(IReadOnlyList<string> faults) : Exception($"The settings are not complete:\n{string.Join('\n', faults)}")
{
    public IReadOnlyList<string> Faults { get; } = faults;

    /// <summary>The settings they are about: each fault begins with its name.</summary>
    public IEnumerable<string> Names => Faults.Select(f => f.Split(' ')[0]).Distinct();
}

/// <summary>What the Azure host is told by its application settings; docs/azure.md lists them.</summary>
public sealed record AzureOptions
{
    /// <summary>UseDevelopmentStorage=true instead of the endpoints: a local emulator, which knows no identities.</summary>
    public const string Emulator = "UseDevelopmentStorage=true";

    /// <summary>The table and blob endpoints of the storage account; null with the emulator.</summary>
    public Uri? Tables { get; private init; }

    public Uri? Blobs { get; private init; }

    public bool IsEmulated { get; private init; }

    /// <summary>off, redirect:address or live; off when nothing is said.</summary>
    public string Sending { get; private init; } = "off";

    public Uri? EmailEndpoint { get; private init; }

    public string? EmailFrom { get; private init; }

    public string? TwilioAccount { get; private init; }

    /// <summary>Signs callbacks; also the password when no API key is given.</summary>
    public string? TwilioAuthToken { get; private init; }

    public string? TwilioKey { get; private init; }

    public string? TwilioSecret { get; private init; }

    public string? SmsFrom { get; private init; }

    /// <summary>Where providers, and debtors, reach this host.</summary>
    public Uri? PublicUrl { get; private init; }

    /// <summary>The first admin key.</summary>
    public string? Key { get; private init; }

    /// <summary>What the links to debtors' pages are made with; null where there are none.</summary>
    public string? PortalKey { get; private init; }

    /// <summary>The EC key that signs the audit digests, PKCS#8 in PEM; without it nobody signs them.</summary>
    public string? AuditKey { get; private init; }

    /// <summary>How long personal data is kept.</summary>
    public RetentionPeriods Retention { get; private init; } = new();

    /// <summary>DUNNING_WEBHOOKS=loopback, with the emulator: outgoing webhooks may go to this machine, by http too. For development only.</summary>
    public bool LoopbackWebhooks { get; private init; }

    /// <summary>DUNNING_CONSOLE_SIGNIN=easyauth: the console believes App Service authentication. Null: it asks for a key, and no header signs anybody in.</summary>
    public EasyAuthSettings? EasyAuth { get; private init; }

    /// <summary>The client id of the user-assigned identity; null for the environment's own.</summary>
    public string? Identity { get; private init; }

    public bool IsOff => Sending == "off";

    public string? RedirectTo => Sending.StartsWith("redirect:", StringComparison.Ordinal) ? Sending["redirect:".Length..] : null;

    /// <summary>Without the address it is redirected to.</summary>
    public string SendingMode => RedirectTo is null ? Sending : "redirect";

    public bool HasSms => TwilioAccount is not null;

    /// <exception cref="MissingSettings">Names every setting that is missing or cannot be read.</exception>
    public static AzureOptions Read(IConfiguration settings)
    {
        var faults = new List<string>();
        // A reference to a secret that could not be resolved stays as it was written.
        string? Text(string name) => settings[name] is { Length: > 0 } value && !value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal) ? value : null;
        void Required(string name, string why)
        {
            if (Text(name) is null)
                faults.Add($"{name} is missing: {why}.");
        }
        Uri? Address(string name)
        {
            if (Text(name) is not { } text)
                return null;
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
                return address;
            faults.Add($"{name} is not an address such as https://name.example.org.");
            return null;
        }

        EasyAuthSettings? EasyAuth()
        {
            if (Text("DUNNING_CONSOLE_SIGNIN") is not { } how || how == "key")
                return null;
            if (how != "easyauth")
                faults.Add("DUNNING_CONSOLE_SIGNIN must be key or easyauth.");
            else
                Required("DUNNING_CONSOLE_TENANT", "the id of the Entra tenant whose accounts open the console");
            try
            {
                return new(Text("DUNNING_CONSOLE_TENANT") ?? "", EasyAuthSettings.Mapping(Text("DUNNING_CONSOLE_CREDITORS")));
            }
            catch (FormatException wrong)
            {
                faults.Add($"DUNNING_CONSOLE_CREDITORS cannot be read: {wrong.Message}");
                return null;
            }
        }

        var emulated = Text("DUNNING_TABLES") == Emulator && Text("DUNNING_BLOBS") == Emulator;
        var options = new AzureOptions
        {
            Tables = emulated ? null : Address("DUNNING_TABLES"),
            Blobs = emulated ? null : Address("DUNNING_BLOBS"),
            IsEmulated = emulated,
            Sending = Text("DUNNING_SENDING") ?? "off",
            EmailEndpoint = Address("DUNNING_ACS_ENDPOINT"),
            EmailFrom = Text("DUNNING_EMAIL_FROM"),
            TwilioAccount = Text("DUNNING_TWILIO_ACCOUNT_SID"),
            TwilioAuthToken = Text("DUNNING_TWILIO_AUTH_TOKEN"),
            TwilioKey = Text("DUNNING_TWILIO_API_KEY_SID"),
            TwilioSecret = Text("DUNNING_TWILIO_API_KEY_SECRET"),
            SmsFrom = Text("DUNNING_SMS_FROM"),
            PublicUrl = Address("DUNNING_PUBLIC_URL"),
            Key = Text("DUNNING_KEY"),
            PortalKey = Text("DUNNING_PORTAL_KEY"),
            EasyAuth = EasyAuth(),
            AuditKey = Text("DUNNING_AUDIT_KEY"),
            Retention = Readable(() => RetentionPeriods.Parse(Text("DUNNING_RETENTION")), new(), faults),
            Identity = Text("AZURE_CLIENT_ID"),
            LoopbackWebhooks = emulated && Text("DUNNING_WEBHOOKS") == "loopback",
        };
        Required("DUNNING_TABLES", "the table endpoint of the storage account");
        Required("DUNNING_BLOBS", "the blob endpoint of the storage account");
        Required("DUNNING_PUBLIC_URL", "where the outside world reaches this app");
        Required("DUNNING_KEY", "the first admin key");
        if (options.Key?.Length < Service.Api.KeyRing.LeastLength)
            faults.Add($"DUNNING_KEY must be {Service.Api.KeyRing.LeastLength} characters or more.");
        if (options.PortalKey?.Length < Service.ServerSecret.LeastLength)
            faults.Add($"DUNNING_PORTAL_KEY must be {Service.ServerSecret.LeastLength} characters or more.");
        if (options is { EasyAuth: not null, PortalKey: null })
            faults.Add("DUNNING_PORTAL_KEY is needed with DUNNING_CONSOLE_SIGNIN: the console's forms are tied to it.");
        if (options.Sending is not ("off" or "live") && Mailbox.Fault(options.RedirectTo) is not null)
            faults.Add("DUNNING_SENDING must be off, live or redirect:address.");
        if (!options.IsOff)
        {
            Required("DUNNING_ACS_ENDPOINT", "e-mail is sent through it");
            Required("DUNNING_EMAIL_FROM", "the address e-mail comes from");
            if (options.EmailFrom is { } from && Mailbox.Fault(from) is not null)
                faults.Add("DUNNING_EMAIL_FROM is not an e-mail address.");
        }
        if (options.HasSms)
        {
            Required("DUNNING_TWILIO_AUTH_TOKEN", "Twilio signs its callbacks with it");
            Required("DUNNING_SMS_FROM", "the number or name SMS come from");
            if (options.TwilioKey is null != options.TwilioSecret is null)
                faults.Add("DUNNING_TWILIO_API_KEY_SID and DUNNING_TWILIO_API_KEY_SECRET go together.");
        }
        if (Readable(() => new DigestSigner(options.AuditKey), null, []) is { } signer)
            signer.Dispose();
        else
            faults.Add("DUNNING_AUDIT_KEY is no EC key in PEM.");
        return faults.Count == 0 ? options : throw new MissingSettings(faults);
    }

    private static T Readable<T>(Func<T> read, T otherwise, List<string> faults)
    {
        try
        {
            return read();
        }
        catch (FormatException wrong)
        {
            faults.Add(wrong.Message);
            return otherwise;
        }
    }
}
