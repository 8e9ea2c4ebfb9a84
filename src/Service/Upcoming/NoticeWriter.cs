using System.Globalization;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Console;
using Dunning.Service.Engine;
using Dunning.Service.Links;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using Dunning.Service.Reports;

namespace Dunning.Service.Upcoming;

/// <summary>The e-mail that tells a creditor what leaves on a day, with links to hold or to mend each case before it does.</summary>
public sealed class NoticeWriter(ServerSecret secret, Doors doors, string mailDomain)
{
    /// <summary>What its links are for.</summary>
    public const string ToHold = "hold";
    public const string ToEdit = "edit";

    /// <summary>Links are good until the end of the day itself.</summary>
    public OutgoingMessage Write(Creditor creditor, string to, DateOnly day, CreditorDay where, IReadOnlyList<UpcomingStep> steps, bool more, DateTimeOffset now)
    {
        var (language, links) = (creditor.Language == TextLanguage.French ? TextLanguage.French : TextLanguage.English, secret.IsSet ? new SignedLinks(secret.KeyFor(ServerSecret.NoticeLinks)) : null);
        var french = language == TextLanguage.French;
        var date = Wording.Date(day, language);
        var subject = french ? $"Envois prévus le {date}\u00A0: {Number(steps.Count, more)}" : $"To leave on {date}: {Number(steps.Count, more)}";
        var markdown = Markdown(steps, more, date, language, s => Links(links, s, where.Zone.Midnight(day.AddDays(1)), french), links is not null && doors.PublicUrl is not null);
        var document = MessageMarkdown.Parse(markdown);
        var key = Key(creditor.Id, day);
        return new(key, creditor.Id, to, creditor.Name, OneLine.Of(subject), PlainText.Of(document, language), now)
        {
            FromName = creditor.Name,
            FromEmail = creditor.Email ?? $"noreply@{mailDomain}",
            Language = language,
            Html = new MailPage(language, new(creditor.Name), subject, null).Write(document),
            MessageId = string.Create(CultureInfo.InvariantCulture, $"notice.{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(creditor.Id))}.{day:yyyy-MM-dd}@{mailDomain}"),
        };
    }

    /// <summary>Under this key carriers know it; no case has such an id.</summary>
    public static MessageKey Key(string creditor, DateOnly day) => new($"notice~{creditor}", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Channel.Email, 1);

    private static string Markdown(IReadOnlyList<UpcomingStep> steps, bool more, string date, string language, Func<UpcomingStep, string> links, bool hasLinks)
    {
        var french = language == TextLanguage.French;
        var text = new StringBuilder();
        text.Append(french ? $"# Envois du {date}\n\n" : $"# Leaving on {date}\n\n");
        text.Append(french
            ? "Voici ce qui partira si rien ne change d’ici là. Un paiement, une promesse ou une suspension enregistrés avant le départ l’arrêtent.\n\n"
            : "This is what will leave if nothing changes before. A payment, a promise or a hold recorded before it leaves stops it.\n\n");
        text.Append(french ? "| Facture | Étape | Reste dû |\n|---|---|--:|\n" : "| Invoice | Step | Balance |\n|---|---|--:|\n");
        foreach (var step in steps)
            text.Append(CultureInfo.InvariantCulture, $"| **{Md(step.Number)}** {Md(step.DebtorName)} | {Md(Why(step, french))}{links(step)} | {Md(Amounts(step, language))} |\n");
        if (more)
            text.Append(french ? "\nD’autres encore\u00A0: la console montre tout, sous «\u00A0Prochains envois\u00A0».\n" : "\nAnd more: the console shows everything, under “Tomorrow’s post”.\n");
        if (hasLinks)
            text.Append(french ? "\nLes liens valent jusqu’à la fin de ce jour-là, et ne font rien sans votre confirmation." : "\nThe links are good until the end of that day, and do nothing before you confirm.");
        return text.Append('\n').ToString();
    }

    private static string Why(UpcomingStep step, bool french)
    {
        var ui = new Ui(Caller.Nobody, "", french ? TextLanguage.French : TextLanguage.English, "", "/c");
        var how = string.Join(", ", step.Channels.Select(ui.Channel));
        var because = step.WaitingFor is { } wait ? NoticeWords.After(wait, french) : NoticeWords.Because(step.Because, french);
        return $"{ui.StepName(step.Step)} ({how}), {step.At:HH:mm}. {because}{(step.Asks ? NoticeWords.Asks(french) : "")}";
    }

    private static string Amounts(UpcomingStep step, string language)
    {
        var decimals = Currency.TryParse(step.Currency, out var currency) ? currency.MinorUnits : 2;
        var (beside, balance) = (step.Interest + step.Indemnity, Wording.Amount(step.Balance, step.Currency, decimals, language));
        return beside == 0 ? balance : $"{balance} + {Wording.Amount(beside, step.Currency, decimals, language)}";
    }

    // Without a secret no link can be signed, and without an address of ours on the outside there is nothing to link to.
    private string Links(SignedLinks? links, UpcomingStep step, DateTimeOffset until, bool french)
    {
        if (links is null || doors.PublicUrl is not { } door)
            return "";
        string Link(string words, string purpose) => $"[{words}]({door.AbsoluteUri.TrimEnd('/')}/c/{links.Write(new(purpose, step.Creditor, step.CaseId, until))})";
        return $" {Link(french ? "Suspendre" : "Hold", ToHold)} · {Link(french ? "Modifier" : "Edit", ToEdit)}";
    }

    private static string Number(int count, bool more) => count.ToString(CultureInfo.InvariantCulture) + (more ? "+" : "");

    private static string Md(string value) => ValueEncoder.Escaped(value);
}
