using System.Collections.Frozen;

namespace Dunning.Service.Console;

/// <summary>The few files pages need, from the program itself: all of the folder Files, and nothing else.</summary>
internal static class ConsoleFiles
{
    private const string Folder = "console/";

    private static readonly FrozenSet<string> Names = typeof(ConsoleFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);

    public static (byte[] Bytes, string ContentType)? Find(string name)
    {
        if (!Names.Contains(Folder + name))
            return null;
        using var stream = typeof(ConsoleFiles).Assembly.GetManifestResourceStream(Folder + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, TypeOf(name));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new NotSupportedException($"Pages have no files that end with {other}."),
    };
}
