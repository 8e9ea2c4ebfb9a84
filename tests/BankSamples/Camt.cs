using System.Globalization;
using System.Text;

namespace Dunning.BankSamples;

/// <summary>An entry of a statement as a bank would write it; what is null is left out.</summary>
public sealed record CamtEntry(decimal Amount)
{
    public string Direction { get; init; } = "CRDT";

    public string Currency { get; init; } = "EUR";

    public string Status { get; init; } = "BOOK";

    public bool? Reversal { get; init; }

    public string? Booked { get; init; } = "2026-10-05";

    public string? Valued { get; init; } = "2026-10-05";

    public string? BankReference { get; init; }

    public string? Information { get; init; }

    public IReadOnlyList<CamtDetail> Details { get; init; } = [];

    /// <summary>An entry of one transaction.</summary>
    public static CamtEntry Of(decimal amount, CamtDetail detail, string? bankReference = null) => new(amount) { Details = [detail], BankReference = bankReference };
}

/// <summary>What a payer said of one transaction.</summary>
public sealed record CamtDetail
{
    public decimal? Amount { get; init; }

    public string? EndToEndId { get; init; } = "NOTPROVIDED";

    public string? Name { get; init; }

    public string? Iban { get; init; }

    public string? Reference { get; init; }

    /// <summary>SCOR, or BBA by its issuer.</summary>
    public bool IsBelgian { get; init; }

    public IReadOnlyList<string> Documents { get; init; } = [];

    public IReadOnlyList<string> Text { get; init; } = [];

    public string? ReturnReason { get; init; }
}

/// <summary>camt.053 and camt.054 as banks write them, in versions 2 and 8: the parties moved into a Pty, the status into a Cd.</summary>
public static class Camt
{
    public const string Account = "FR7630006000011234567890189";

    public static string Statement(int version, IEnumerable<CamtEntry> entries, string id = "STMT-1", string account = Account, string asOf = "2026-10-05") => Write("053", version, entries, id, account, asOf);

    public static string Notification(int version, IEnumerable<CamtEntry> entries, string id = "NTF-1", string account = Account) => Write("054", version, entries, id, account, null);

    private static string Write(string kind, int version, IEnumerable<CamtEntry> entries, string id, string account, string? asOf)
    {
        var (root, part) = kind == "053" ? ("BkToCstmrStmt", "Stmt") : ("BkToCstmrDbtCdtNtfctn", "Ntfctn");
        var xml = new StringBuilder();
        xml.AppendLine("""<?xml version="1.0" encoding="UTF-8"?>""");
        xml.AppendLine($"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version:d2}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">""");
        xml.AppendLine($"<{root}><GrpHdr><MsgId>MSG-{id}</MsgId><CreDtTm>2026-10-06T04:12:00+02:00</CreDtTm></GrpHdr>");
        xml.AppendLine($"<{part}><Id>{id}</Id><CreDtTm>2026-10-06T04:12:00+02:00</CreDtTm><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>");
        if (asOf is not null)
            foreach (var (type, day) in ((string, string)[])[("OPBD", "2026-10-04"), ("CLBD", asOf)])
                xml.AppendLine($"""<Bal><Tp><CdOrPrtry><Cd>{type}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>""");
        foreach (var entry in entries)
            Write(xml, version, entry);
        return xml.Append($"</{part}></{root}></Document>").ToString();
    }

    private static void Write(StringBuilder xml, int version, CamtEntry entry)
    {
        xml.Append($"""<Ntry><Amt Ccy="{entry.Currency}">{Number(entry.Amount)}</Amt><CdtDbtInd>{entry.Direction}</CdtDbtInd>""");
        Put(xml, "RvslInd", entry.Reversal is { } reversal ? (reversal ? "true" : "false") : null);
        xml.Append(version >= 8 ? $"<Sts><Cd>{entry.Status}</Cd></Sts>" : $"<Sts>{entry.Status}</Sts>");
        if (entry.Booked is { } booked)
            xml.Append($"<BookgDt><Dt>{booked}</Dt></BookgDt>");
        if (entry.Valued is { } valued)
            xml.Append($"<ValDt><Dt>{valued}</Dt></ValDt>");
        Put(xml, "AcctSvcrRef", entry.BankReference);
        xml.Append("<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>");
        if (entry.Details.Count > 0)
        {
            xml.Append("<NtryDtls>");
            foreach (var detail in entry.Details)
                Write(xml, version, entry, detail);
            xml.Append("</NtryDtls>");
        }
        Put(xml, "AddtlNtryInf", entry.Information);
        xml.AppendLine("</Ntry>");
    }

    private static void Write(StringBuilder xml, int version, CamtEntry entry, CamtDetail detail)
    {
        xml.Append("<TxDtls><Refs>");
        Put(xml, "EndToEndId", detail.EndToEndId);
        xml.Append("</Refs>");
        if (detail.Amount is { } amount)
            xml.Append(version >= 8
                ? $"""<Amt Ccy="{entry.Currency}">{Number(amount)}</Amt><CdtDbtInd>{entry.Direction}</CdtDbtInd>"""
                : $"""<AmtDtls><TxAmt><Amt Ccy="{entry.Currency}">{Number(amount)}</Amt></TxAmt></AmtDtls>""");
        if (detail.Name is not null || detail.Iban is not null)
        {
            xml.Append("<RltdPties>");
            if (detail.Name is { } name)
                xml.Append(version >= 8 ? $"<Dbtr><Pty><Nm>{Escaped(name)}</Nm></Pty></Dbtr>" : $"<Dbtr><Nm>{Escaped(name)}</Nm></Dbtr>");
            if (detail.Iban is { } iban)
                xml.Append($"<DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct>");
            xml.Append("</RltdPties>");
        }
        xml.Append("<RmtInf>");
        foreach (var text in detail.Text)
            Put(xml, "Ustrd", text);
        if (detail.Reference is { } reference)
            xml.Append($"<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry>{(detail.IsBelgian ? "<Issr>BBA</Issr>" : "")}</Tp><Ref>{reference}</Ref></CdtrRefInf></Strd>");
        foreach (var document in detail.Documents)
            xml.Append($"<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>{Escaped(document)}</Nb></RfrdDocInf></Strd>");
        xml.Append("</RmtInf>");
        if (detail.ReturnReason is { } reason)
            xml.Append($"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>");
        xml.Append("</TxDtls>");
    }

    private static void Put(StringBuilder xml, string name, string? value)
    {
        if (value is not null)
            xml.Append($"<{name}>{Escaped(value)}</{name}>");
    }

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);

    private static string Number(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
