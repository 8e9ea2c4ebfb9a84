using System.Diagnostics;

namespace Dunning.Service.Tests.Letters;

/// <summary>Other people's programs as the judges of our PDF files: Debian's qpdf, poppler-utils, ghostscript and zbar-tools.</summary>
internal sealed class Programs : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dunning-letters-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A file of the folder that the programs work in.</summary>
    public string File(string name) => Path.Combine(folder.FullName, name);

    public string Keep(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>What the QR code in a picture says.</summary>
    public string Decoded(string picture)
    {
        var (exit, said) = Run("zbarimg", "--nodbus", "--quiet", "--raw", "--oneshot", "-Sdisable", "-Sqrcode.enable", File(picture));
        Assert.True(exit == 0, said);
        return said;
    }

    /// <summary>What a program writes, its complaints included. A test whose judge is not installed is skipped, and says which.</summary>
    public static (int Exit, string Said) Run(string program, params IEnumerable<string> arguments)
    {
        var path = Path.Combine("/usr/bin", program);
        if (!System.IO.File.Exists(path)) Assert.Skip($"{program} is not installed.");
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said + complaints.Result);
    }
}
