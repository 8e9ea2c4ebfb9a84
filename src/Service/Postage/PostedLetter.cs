using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Letters;

namespace Dunning.Service.Postage;

/// <summary>
/// A letter as whoever posts it needs it. State is toPost, posted, delivered, refusedByAddressee, unclaimed or unknownAddress. Pages and what follows from them
/// are null where the letter has no PDF of ours. Test: written for a creditor in test mode, never to be posted.
/// </summary>
public sealed record PostedLetter(
    string Key, string CaseId, string Creditor, string Number, bool Registered, string Recipient, IReadOnlyList<string> Address, string Country, int? Pages, int? Sheets, int? Grams,
    int? WeightClass, string? File, DateTimeOffset WrittenAt, string State, DateOnly? PostedOn, string? TrackingNumber, bool Test)
{
    internal static PostedLetter Of(DueLetter due, OutgoingMessage message, bool bothSides)
    {
        var lines = message.To.Split('\n');
        var pages = message.Pdf is { } pdf ? PdfPages.Count(pdf) : null;
        int? sheets = pages is { } count ? LetterWeight.Sheets(count, bothSides) : null;
        int? grams = sheets is { } paper ? LetterWeight.Grams(paper) : null;
        var file = due.File;
        return new(due.Key.ToString(), file.Id, file.Creditor, file.Invoice.Number, message.Registered, lines[0], lines[1..], file.Debtor.Country, pages, sheets, grams,
            grams is { } weight ? LetterWeight.Class(weight) : null, message.Pdf is null ? null : FileName(due.Key), TimeZoneInfo.ConvertTime(message.WrittenAt, due.Policy.Zone), StateOf(due.Leg),
            due.Leg.PostedOn, due.Leg.Tracking, message.Test);
    }

    /// <summary>Of the PDF in an export: the key, without its slashes.</summary>
    public static string FileName(MessageKey key) => key.ToString().Replace('/', '_') + ".pdf";

    private static string StateOf(Leg leg) => leg switch
    {
        { Status: LegStatus.Bounced } => "unknownAddress",
        { Status: LegStatus.Delivered, Why: "refused" } => "refusedByAddressee",
        { Status: LegStatus.Delivered, Why: "unclaimed" } => "unclaimed",
        { Status: LegStatus.Delivered } => "delivered",
        { PostedOn: not null } => "posted",
        _ => "toPost",
    };
}

/// <summary>A letter that was made on the day asked for, and the case it belongs to.</summary>
internal sealed record DueLetter(MessageKey Key, Leg Leg, CaseFile File, Policy Policy);
