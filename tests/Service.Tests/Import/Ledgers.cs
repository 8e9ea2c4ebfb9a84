using System.Text;
using System.Text.Json.Nodes;
using Dunning.Service.Import;

namespace Dunning.Service.Tests.Import;

/// <summary>Ledgers to read, and the reading of them, for every test of this folder.</summary>
internal static class Ledgers
{
    public const string Header = "N° facture;Date;Échéance;Client;Type;Pays;Montant TTC";
    public const string Line = "F-1;01/09/2026;16/10/2026;Boulangerie Martin;Entreprise;France;1200,00";

    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static byte[] Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Dunning.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Dunning.sln above the tests.");
        return File.ReadAllBytes(Path.Combine(folder.FullName, "samples", "invoices.csv"));
    }

    public static string SampleText() => Encoding.UTF8.GetString(Sample()).TrimStart('\uFEFF');

    public static async Task<List<ImportLine>> Read(Stream stream)
    {
        var lines = new List<ImportLine>();
        await foreach (var line in LedgerReader.Read(stream, TestContext.Current.CancellationToken))
            lines.Add(line);
        return lines;
    }

    public static Task<List<ImportLine>> Read(byte[] bytes) => Read(new MemoryStream(bytes));

    public static Task<List<ImportLine>> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads one line under <see cref="Header"/> and one more column.</summary>
    public static async Task<ImportLine> ReadWith(string heading, string value) =>
        Assert.Single(await Read($"{Header};{heading}\n{Line};{value}\n"));

    /// <summary>Reads one line under <see cref="Header"/>, one value of <see cref="Line"/> replaced.</summary>
    public static async Task<ImportLine> ReadBut(string value, string replaced) =>
        Assert.Single(await Read($"{Header}\n{Line.Replace(value, replaced, StringComparison.Ordinal)}\n"));

    public static JsonObject Body(ImportLine line) => JsonNode.Parse(Assert.IsType<ImportLine.Read>(line).Body.GetRawText())!.AsObject();

    public static Fault OnlyFault(ImportLine line) => Assert.Single(Assert.IsType<ImportLine.Broken>(line).Faults);

    /// <summary>One comparable text per line, faults and all.</summary>
    public static string Transcript(IEnumerable<ImportLine> lines) => string.Join('\n', lines.Select(line => line switch
    {
        ImportLine.Read read => $"{read.Line} {read.Body.GetRawText()}",
        ImportLine.Broken broken => $"{broken.Line} {string.Join(" | ", broken.Faults)}",
        _ => throw new InvalidOperationException(line.GetType().Name),
    }));
}
