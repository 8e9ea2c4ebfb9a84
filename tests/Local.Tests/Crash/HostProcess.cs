using System.Diagnostics;
using System.Net.Http.Headers;

namespace Dunning.Local.Tests.Crash;

/// <summary>The real program as a process of its own, so that it can be killed as a power cut would.</summary>
internal sealed class HostProcess : IDisposable
{
    public const string Key = "kill-test-key";
    private const string Listens = "Dunning listens on ";

    private readonly Process _process;

    private HostProcess(Process process, HttpClient http) => (_process, Http) = (process, http);

    public HttpClient Http { get; }

    public static async Task<HostProcess> Start(string folder, int smtpPort, DateTimeOffset clock)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { Program(), "--data", folder, "--urls", "http://127.0.0.1:0", "--key", Key, "--clock", clock.ToString("O") })
            start.ArgumentList.Add(argument);
        start.Environment["DUNNING_SENDING"] = "live";
        start.Environment["DUNNING_WEBHOOKS"] = "loopback";
        start.Environment["DUNNING_SMTP"] = $"smtp://127.0.0.1:{smtpPort}";
        var process = Process.Start(start)!;
        // The program says where it listens; reading its output waits for exactly that.
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(Listens, StringComparison.Ordinal))
            {
                // Nobody reads the rest, and a full pipe would stop whoever writes to it.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                // Longer than anything asked here takes on a busy machine: a kill breaks the connection at once.
                var http = new HttpClient { BaseAddress = new(line[Listens.Length..line.IndexOf(';', StringComparison.Ordinal)]), Timeout = TimeSpan.FromMinutes(5) };
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
                return new(process, http);
            }
        throw new InvalidOperationException($"The host did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void WaitForDeath() => _process.WaitForExit();

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private static string Program() => Path.Combine(AppContext.BaseDirectory, "Dunning.Local.dll");
}
