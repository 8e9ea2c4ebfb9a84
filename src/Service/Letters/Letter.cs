namespace Dunning.Service.Letters;

/// <summary>Where the window of the envelope is, seen from the front: at the right in France, at the left in Belgium.</summary>
public enum WindowSide
{
    Right,
    Left,
}

/// <summary>
/// A letter ready to be laid out: every text is in the debtor's language and final. Lines stand as given; what is too long is wrapped.
/// </summary>
public sealed record Letter
{
    /// <summary>The language tag of its texts, "fr" or "nl-BE"; programs that read aloud choose their voice by it.</summary>
    public required string Language { get; init; }

    /// <summary>The document's title: what a viewer shows above it and a search finds.</summary>
    public required string Title { get; init; }

    /// <summary>The day that counts as the document's creation.</summary>
    public required DateOnly WrittenOn { get; init; }

    /// <summary>Who writes: the name, then address, e-mail, telephone.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>The address as on the envelope: the name first, then street, postcode and town, country. Empty for a paper that is not posted.</summary>
    public required IReadOnlyList<string> To { get; init; }

    public WindowSide Window { get; init; }

    /// <summary>"Lyon, le 22 novembre 2026".</summary>
    public string? PlaceAndDate { get; init; }

    /// <summary>How it travels and what it refers to, beside the date: "Lettre recommandée avec avis de réception", "Dossier F-2026-0312".</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public required string Subject { get; init; }

    /// <summary>
    /// Markdown as <see cref="Rendering.MessageMarkdown"/> reads it. An image whose address is <c>qr:payment</c> stands where the payment QR
    /// code goes; the rest of its paragraph stands beside it.
    /// </summary>
    public required string Body { get; init; }

    /// <summary>The text of the payment QR code; without it, none is drawn.</summary>
    public string? PaymentCode { get; init; }

    /// <summary>The creditor's legal identity, at the foot of each page: company form, SIREN or enterprise number, address, IBAN.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    internal string SenderName => From is [var name, ..] ? name : "";
}
