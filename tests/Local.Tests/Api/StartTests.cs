using System.Diagnostics;

namespace Dunning.Local.Tests.Api;

/// <summary>The program as somebody starts it: what is broken stops it, and says all that is.</summary>
public sealed class StartTests
{
    private static readonly string Program = AppContext.BaseDirectory;

    [Fact]
    public async Task A_broken_policy_and_a_broken_text_stop_the_start_with_every_fault()
    {
        using var copy = new Copy();
        await File.WriteAllTextAsync(copy.File("policies/fr-b2b.json"), """{ "name": "FR", "version": 0, "regime": "fr", "steps": [{ "id": "x", "offset": "soon", "channels": ["pigeon"] }] }""", Ct);
        await File.WriteAllTextAsync(copy.File("policies/be-b2b.json"), "{ \"name\": ", Ct);
        await File.WriteAllTextAsync(copy.File("policies/be-b2c.json"), "[]", Ct);
        await File.AppendAllTextAsync(copy.File("texts/fr/first-reminder.email.md"), "\n{{nobody.knows}}\n", Ct);
        File.Delete(copy.File("texts/en/courtesy.sms.md"));
        var (code, said) = await copy.Run("--data", copy.File("data"), "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, code);
        foreach (var fault in new[]
                 {
                     "fr-b2b.json: name:", "fr-b2b.json: version:", "fr-b2b.json: regime:", "fr-b2b.json: timeZone:", "fr-b2b.json: steps[0].offset:", "fr-b2b.json: steps[0].channels:", "be-b2b.json: not JSON",
                     "be-b2c.json: body:", "fr/first-reminder.email.md:", "nobody.knows", "en/courtesy.sms.md",
                 })
            Assert.Contains(fault, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--clock", "tomorrow")]
    [InlineData("--clock", "2026-10-01")]
    [InlineData("--urls", "nonsense")]
    [InlineData("--urls", "http://127.0.0.1:22x")]
    [InlineData("--colour", "blue")]
    public async Task A_wrong_option_is_told_without_a_stack_trace(string option, string value)
    {
        using var copy = new Copy();
        var (code, said) = await copy.Run("--data", copy.File("data"), option, value);
        Assert.NotEqual(0, code);
        Assert.Contains(value, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_on_the_same_folder_is_refused()
    {
        await using var host = await TestHost.Run();
        using var copy = new Copy();
        var (code, said) = await copy.Run("--data", host.Folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, code);
        Assert.Contains(host.Folder, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The program in a folder of its own, to be broken; only what is written to is copied, the rest is linked.</summary>
    private sealed class Copy : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("dunning-start-").FullName;

        public Copy()
        {
            foreach (var path in Directory.GetFiles(Program))
                System.IO.File.CreateSymbolicLink(Path.Combine(_folder, Path.GetFileName(path)), path);
            foreach (var path in new[] { "policies", "texts", "samples" }.SelectMany(f => Directory.GetFiles(Path.Combine(Program, f), "*", SearchOption.AllDirectories)))
            {
                var target = Path.Combine(_folder, Path.GetRelativePath(Program, path));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                System.IO.File.Copy(path, target);
            }
            // The assembly itself says where its policies and texts are.
            foreach (var name in new[] { "Dunning.Local.dll", "Dunning.Service.dll", "Dunning.Domain.dll" })
            {
                System.IO.File.Delete(File(name));
                System.IO.File.Copy(Path.Combine(Program, name), File(name));
            }
            Directory.CreateSymbolicLink(File("runtimes"), Path.Combine(Program, "runtimes"));
        }

        public string File(string name) => Path.Combine(_folder, name);

        public async Task<(int Code, string Said)> Run(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", [File("Dunning.Local.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = _folder,
            };
            using var process = Process.Start(start)!;
            var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
            await process.WaitForExitAsync(Ct);
            return (process.ExitCode, string.Concat(await said));
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
