using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dunning.Domain;
using Dunning.Local;
using Dunning.Service.Api;
using Dunning.Service.Bank;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Bench;

/// <summary>A camt.053 against a creditor's open invoices, through the code behind POST /api/statements: rehearsed, taken in, and told again.</summary>
internal static class StatementBench
{
    private static readonly CancellationToken Never = CancellationToken.None;

    public static async Task Run(int invoices, string? kept)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("dunning-statements-").FullName;
        var file = Path.Combine(Path.GetTempPath(), $"dunning-statement-{Guid.NewGuid():N}.xml");
        var entries = invoices / 10;
        await using (var app = await LocalHost.Build(new LocalOptions { DataFolder = folder, Key = "bench", Clock = Invoices.Now }, _ => { }))
        {
            if (kept is null || (await app.Services.GetRequiredService<ICaseLists>().Cases(new() { Limit = 1 }, Never)).Items.Count == 0)
                await Register(app.Services.GetRequiredService<ICaseStore>(), invoices);
            await Write(file, entries, invoices);
            Report.Say($"a camt.053 of {entries:n0} entries against {invoices:n0} open invoices", $"{new FileInfo(file).Length / 1048576.0:n0} MiB");
            Report.Say("---", "---:");
            foreach (var (name, dryRun) in ((string, bool)[])[("matched (dryRun), first in the process", true), ("matched (dryRun)", true), ("taken in, every write durable", false), ("the same statement again", false)])
                await Measure(app, file, name, dryRun);
        }
        File.Delete(file);
        if (kept is null)
            Directory.Delete(folder, recursive: true);
    }

    private static async Task Measure(WebApplication app, string file, string name, bool dryRun)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true);
        var services = app.Services;
        var intake = new StatementIntake(
            services.GetRequiredService<DunningEngine>(), services.GetRequiredService<ICaseStore>(), services.GetRequiredService<ICaseLists>(), services.GetRequiredService<Registry>(),
            services.GetRequiredService<UnmatchedMoney>(), services.GetRequiredService<INudge>(), TimeProvider.System, new Creditor("bench", "Bench"), "bench")
        { IsDryRun = dryRun };
        await using var statement = File.OpenRead(file);
        var (time, cpu, peak, counts) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0L, new SortedDictionary<string, int>(StringComparer.Ordinal));
        await foreach (var (results, _) in intake.Take(StatementReader.Read(statement, null, null, services.GetRequiredService<CsvProfiles>(), Never), Never))
        {
            foreach (var (result, _) in results)
                counts[result.Result] = counts.GetValueOrDefault(result.Result) + 1;
            peak = Math.Max(peak, Environment.WorkingSet);
        }
        Report.Say(name, $"{time.Elapsed.TotalSeconds:n1} s");
        Report.Say("  processor time", $"{(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:n1} s");
        Report.Say("  peak resident memory", $"{peak / 1048576.0:n0} MiB");
        Report.Say("  " + string.Join(", ", counts.Select(c => $"{c.Value:n0} {c.Key}")), "");
    }

    private static async Task Register(ICaseStore store, int invoices)
    {
        for (var first = 0; first < invoices; first += 1000)
            await store.Append([.. Enumerable.Range(first, Math.Min(1000, invoices - first)).Select(Invoice)], Never);
    }

    private static CaseAppend Invoice(int i)
    {
        var made = Invoices.Register(i);
        var registered = (CaseEvent.Registered)made.Event;
        var id = CaseIds.Case("bench", Number(i));
        var own = registered with { Case = id, Creditor = "bench", Invoice = registered.Invoice with { Number = Number(i) } };
        var state = Decider.Decide(DunningCase.Unregistered.Instance, own, Invoices.Policy, Invoices.Now).State;
        return new(id, "bench", own, Invoices.Now, "key") { Created = new(id, 0, state, CaseIndex.Of(state, Invoices.Policy, Invoices.Now)) };
    }

    private static string Number(int i) => string.Create(CultureInfo.InvariantCulture, $"F-2026-{i:d7}");

    // Of ten: three by reference, two by end-to-end id, three by text, one two at once, one that nobody knows.
    private static async Task Write(string path, int entries, int invoices)
    {
        var random = new Random(7);
        await using var file = new StreamWriter(path, false, new UTF8Encoding(false));
        await file.WriteAsync("""
            <?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>BENCH</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>

            """);
        for (var i = 0; i < entries; i++)
        {
            var place = random.Next(invoices / entries) + i * (invoices / entries);
            var (owed, number) = (Owed(place), Number(place));
            var (amount, id, text, reference) = (i % 10) switch
            {
                < 3 => (owed, "NOTPROVIDED", "", $"<Strd><CdtrRefInf><Ref>{RfReference.For(number).Value}</Ref></CdtrRefInf></Strd>"),
                < 5 => (owed, number, "", ""),
                < 8 => (owed, "NOTPROVIDED", $"VIR SEPA RECU FACTURE {number} DU 05/10/2026 MERCI DE VOTRE CONFIANCE", ""),
                8 => (owed + Owed(place ^ 1), "NOTPROVIDED", $"FACTURES {number} ET {Number(place ^ 1)}", ""),
                _ => (owed + 0.13m, "NOTPROVIDED", $"LOYER OCTOBRE CLIENT {random.Next(1_000_000)}", ""),
            };
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
                <Ntry><NtryRef>{i}</NtryRef><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-05</Dt></BookgDt><ValDt><Dt>2026-10-05</Dt></ValDt><AcctSvcrRef>BNK{i:d12}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>{id}</EndToEndId><TxId>TX{i}</TxId></Refs><RltdPties><Dbtr><Pty><Nm>Etablissements Martin {place / 5}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>FR14200410100505{place / 5:d9}26</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{text}</Ustrd>{reference}</RmtInf></TxDtls></NtryDtls></Ntry>
                """));
        }
        await file.WriteAsync("</Stmt></BkToCstmrStmt></Document>");
    }

    private static decimal Owed(int i) => ((CaseEvent.Registered)Invoices.Register(i).Event).Invoice.Amount.Amount;
}
