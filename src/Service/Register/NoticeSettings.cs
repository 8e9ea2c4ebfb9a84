namespace Dunning.Service.Register;

/// <summary>Whether a creditor is told each afternoon what leaves on the next business day. To null is the creditor's own address.</summary>
public sealed record NoticeSettings(string Creditor, bool Enabled, string? To);

/// <summary>
/// What became of a creditor's notice of a day. It is kept before the notice leaves: one found without an outcome may have left, and is not sent again unless the carrier says that it was not taken.
/// </summary>
/// <param name="State">sending, sent, nothing, refused or uncertain; later: it was surely not taken and is tried again at RetryAt.</param>
public sealed record NoticeOfDay(string Creditor, DateOnly Day, string State, DateTimeOffset At)
{
    public DateTimeOffset? RetryAt { get; init; }
}
