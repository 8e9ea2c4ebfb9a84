namespace Dunning.Service.Browsing;

/// <summary>The files of our pages, from the program itself.</summary>
internal static class SiteFiles
{
    /// <param name="name">As it is embedded; it is there.</param>
    public static byte[] Read(string name)
    {
        using var stream = typeof(SiteFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
