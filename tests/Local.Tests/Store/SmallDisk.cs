using System.Diagnostics;

namespace Dunning.Local.Tests.Store;

/// <summary>A disk of half a megabyte, where the machine lets tests mount one; elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static SmallDisk Mount()
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("dunning-disk-").FullName);
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk.Folder))
            return disk;
        Directory.Delete(disk.Folder);
        Assert.Skip("Mounting a disk needs Linux and its root.");
        return disk;
    }

    public void Grow() => Assert.True(Run("mount", "-o", "remount,size=20m", Folder));

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
