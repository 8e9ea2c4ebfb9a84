using System.Globalization;

namespace Dunning.Service.Delivery.Mail;

/// <summary>The one-line form of the settings. No fault repeats any part of the text: a password may be anywhere in a mistyped one.</summary>
internal static class SmtpServerUrl
{
    private const string Shape = "smtp://user:password@host:587?security=starttls";
    private static readonly string[] Options = ["security", "timeout", "authority", "hello"];

    /// <summary>
    /// smtp://user:password@host:port?security=starttls, or smtps:// for TLS from the start. Characters that mean something in a URL
    /// are percent-encoded. Options: security (none, starttls, tls), timeout (seconds), authority (PEM file), hello (EHLO name).
    /// With a login STARTTLS is the default; without one, none. Ports: smtps 465, a login 587, else 25.
    /// </summary>
    /// <exception cref="FormatException">Names everything that is wrong, and never the password.</exception>
    internal static SmtpServer Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("smtp" or "smtps") || url.Host.Length == 0)
            throw new FormatException($"The mail server is written {Shape} (or smtps://), special characters percent-encoded.");
        var faults = new List<string>();
        if (url.AbsolutePath is not ("" or "/") || url.Fragment.Length > 0)
            faults.Add("Nothing but options may follow the host and port; a # or / in the password is percent-encoded.");
        var (user, password) = Login(url, faults);
        var options = ReadOptions(url, faults);
        var security = Security(url, options, user is not null, faults);
        var port = url.Port > 0 ? url.Port : url.Scheme == "smtps" ? 465 : user is null ? 25 : 587;
        var server = new SmtpServer(url.IdnHost, port)
        {
            User = user,
            Password = password,
            Security = security,
            Timeout = Timeout(options, faults),
            AuthorityFile = Authority(options, faults),
            HelloName = HelloName(options, faults),
        };
        return faults.Count == 0 ? server : throw new FormatException("The mail server setting is wrong: " + string.Join(" ", faults));
    }

    private static (string? User, string? Password) Login(Uri url, List<string> faults)
    {
        if (url.UserInfo.Length == 0) return (null, null);
        var parts = url.UserInfo.Split(':').Select(Uri.UnescapeDataString).ToList();
        if (parts is not [{ Length: > 0 } user, { Length: > 0 } password])
            faults.Add("A login is user:password, both present, a : inside either percent-encoded.");
        else if (HeaderRules.HasControl(user) || HeaderRules.HasControl(password)) faults.Add("The login holds a control character.");
        else return (user, password);
        return (null, null);
    }

    private static Dictionary<string, string> ReadOptions(Uri url, List<string> faults)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var known = pair.Split('=', 2) is [var key, { Length: > 0 } value] && Options.Contains(key)
                && options.TryAdd(key, Uri.UnescapeDataString(value));
            if (!known) faults.Add($"An option is unknown, empty or given twice; the options are {string.Join(", ", Options)}.");
        }

        return options;
    }

    private static SmtpSecurity Security(Uri url, Dictionary<string, string> options, bool login, List<string> faults)
    {
        var asked = options.GetValueOrDefault("security");
        if (asked is not (null or "none" or "starttls" or "tls")) faults.Add("security is none, starttls or tls.");
        if (url.Scheme == "smtps" && asked is not (null or "tls")) faults.Add("smtps:// is TLS from the start; for anything else write smtp://.");
        if (login && asked == "none") faults.Add("A login is never sent in clear: security must be starttls or tls.");
        if (url.Scheme == "smtps" || asked == "tls") return SmtpSecurity.Tls;
        return asked == "starttls" || (asked is null && login) ? SmtpSecurity.StartTls : SmtpSecurity.None;
    }

    private static TimeSpan Timeout(Dictionary<string, string> options, List<string> faults)
    {
        if (!options.TryGetValue("timeout", out var text)) return TimeSpan.FromSeconds(30);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 600)
            return TimeSpan.FromSeconds(seconds);
        faults.Add("timeout is 1 to 600 seconds.");
        return default;
    }

    private static string? Authority(Dictionary<string, string> options, List<string> faults)
    {
        var file = options.GetValueOrDefault("authority");
        if (file is not null && !File.Exists(file)) faults.Add("The authority file does not exist.");
        return file;
    }

    private static string? HelloName(Dictionary<string, string> options, List<string> faults)
    {
        var name = options.GetValueOrDefault("hello");
        if (name is not null && Mailbox.Fault($"postmaster@{name}") is not null) faults.Add("hello is a domain name.");
        return name;
    }
}
