using System.Text.RegularExpressions;

namespace Dunning.Service.Delivery.Mail;

/// <summary>A server's answer: its code and what it says, one entry per line (RFC 5321 4.2).</summary>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int LongestText = 300;

    internal bool IsPositive => Code / 100 == 2;

    /// <summary>What it says, fit for a log and for the case's record.</summary>
    internal string Text
    {
        get
        {
            var text = HeaderRules.Clean(string.Join(" ", Lines));
            return text.Length <= LongestText ? text : text[..LongestText];
        }
    }

    // 5.7.x is security or policy (RFC 3463 3.8) and 530, 534, 535 and 538 are about the login (RFC 4954 6): the fault is in our
    // settings or reputation. Calling the debtor's address dead for that would end a case's e-mails over an expired password.
    private bool IsAboutUs => Code is 530 or 534 or 535 or 538 || Lines.Any(line => PolicyStatus().IsMatch(line));

    /// <summary>What a refusal of the sender, the recipient, DATA or the content means for the message.</summary>
    internal SendOutcome Refusal(string step) => this switch
    {
        { Code: >= 500, IsAboutUs: true } =>
            SmtpDelivery.Later($"{step}: refused for our login or by policy, not for the address: {Code} {Text}"),
        { Code: >= 500 } => new SendOutcome.Refused($"{step}: {Code} {Text}"),
        _ => SmtpDelivery.Later($"{step}: {Code} {Text}"),
    };

    [GeneratedRegex(@"^5\.7\.\d{1,3}(\s|$)")]
    private static partial Regex PolicyStatus();
}
