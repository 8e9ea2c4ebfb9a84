using System.Collections.Frozen;
using Dunning.Service.Browsing;

namespace Dunning.Service.Console;

/// <summary>The few files pages need, from the program itself: all of the folder Files, and nothing else.</summary>
internal static class ConsoleFiles
{
    private const string Folder = "console/";

    private static readonly FrozenSet<string> Names = typeof(ConsoleFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);

    public static (byte[] Bytes, string ContentType)? Find(string name) => Names.Contains(Folder + name) ? (SiteFiles.Read(Folder + name), TypeOf(name)) : null;

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new NotSupportedException($"Pages have no files that end with {other}."),
    };
}
