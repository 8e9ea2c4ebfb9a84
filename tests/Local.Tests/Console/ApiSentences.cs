using System.Text;
using System.Text.RegularExpressions;

namespace Dunning.Local.Tests.Console;

/// <summary>The sentences the API refuses with, read from its source: each with "1" where something varies.</summary>
internal static partial class ApiSentences
{
    // Doors of machines and files, which no form of the console leads to.
    private static readonly string[] Elsewhere =
    [
        "ReportOperations", "WebhookOperations", "StatementOperation", "Import", "EventOperations", "HandOverOperations", "RateOperations", "LifecycleOperations", "AuditOperations", "DebitNoteOperations",
        "ReplyOperations", "PostingLines", "InvoiceOperations", "RunningCase", "Differences", "Examples", "OpenApi", "Routes.cs", "ClaimRules",
    ];

    public static IEnumerable<string> All() => Files().Where(f => !Elsewhere.Any(e => Path.GetFileName(f).Contains(e, StringComparison.Ordinal))).SelectMany(f => Of(File.ReadAllText(f)));

    private static IEnumerable<string> Of(string source) =>
        from match in Told().Matches(source)
        let text = Read(source, match.Index + match.Length)
        where text.Contains(' ', StringComparison.Ordinal) && text.EndsWith('.')
        select text;

    // Up to the quote that ends it; what stands in braces may hold quotes of its own.
    private static string Read(string source, int at)
    {
        var (text, varies) = (new StringBuilder(), source[at - 2] == '$');
        for (; source[at] != '"'; at++)
            if (source[at] == '\\')
                text.Append(source[++at]);
            else if (varies && source[at] == '{')
            {
                for (var depth = 1; depth > 0;)
                    depth += source[++at] switch { '{' => 1, '}' => -1, _ => 0 };
                text.Append('1');
            }
            else
                text.Append(source[at]);
        return text.ToString();
    }

    private static IEnumerable<string> Files()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Dunning.sln")))
            root = root.Parent ?? throw new DirectoryNotFoundException("The sources are not above the tests.");
        return
        [
            .. ((string[])["Api", "Simulation", "Postage"]).SelectMany(f => Directory.EnumerateFiles(Path.Combine(root.FullName, "src", "Service", f), "*.cs", SearchOption.AllDirectories)),
            Path.Combine(root.FullName, "src", "Domain", "Policies", "PolicyRules.cs"), Path.Combine(root.FullName, "src", "Service", "Policies", "PolicyJson.cs"),
        ];
    }

    // A fault's or a problem's code and the sentence after it; a rule of policies has a path instead; of a condition, both its sentences.
    [GeneratedRegex(@"(?:""[a-z][A-Za-z]+"", |(?:path|""[a-zA-Z.]+""|\$""\{path\}[^""]*""), |""[a-z][A-Za-z]+"", [^"";\n]{1,60} \? |Answer\.Refuse\([^""\n]*""\w+"", )\$?""")]
    private static partial Regex Told();
}
