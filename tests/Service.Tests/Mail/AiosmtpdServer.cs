using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

/// <summary>A mail server nobody here wrote: aiosmtpd (Debian package python3-aiosmtpd) in a process of its own.</summary>
internal sealed class AiosmtpdServer : IAsyncDisposable
{
    private readonly Process _python;
    private readonly Task<string> _complaints;

    private AiosmtpdServer(Process python, int port)
    {
        _python = python;
        _complaints = python.StandardError.ReadToEndAsync();
        Settings = new SmtpServer("127.0.0.1", port) { Security = SmtpSecurity.None };
    }

    internal SmtpServer Settings { get; }

    internal static async Task<AiosmtpdServer> Start(params string[] arguments)
    {
        var python = Python.Start("smtp_server.py", arguments);
        var port = await python.StandardOutput.ReadLineAsync();
        if (port is null) Assert.Fail("apt-get install -y python3-aiosmtpd? " + await python.StandardError.ReadToEndAsync());
        return new AiosmtpdServer(python, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>The messages the server took, after which it is stopped.</summary>
    internal async Task<IReadOnlyList<JsonElement>> Stop()
    {
        _python.StandardInput.Close();
        var lines = await _python.StandardOutput.ReadToEndAsync();
        await _python.WaitForExitAsync();
        Assert.True(_python.ExitCode == 0, await _complaints);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_python.HasExited) _python.Kill();
        await _python.WaitForExitAsync();
        _python.Dispose();
    }
}
