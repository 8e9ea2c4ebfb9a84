using System.Diagnostics;
using System.Text.Json;

namespace Dunning.Service.Tests.Mail;

/// <summary>Other people's programs as the judge of ours: Debian's Python, and the scripts beside this file.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    internal static Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter, [Path.Combine(AppContext.BaseDirectory, "Mail", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    internal static async Task<JsonElement> ReadEml(byte[] eml)
    {
        using var python = Start("read_eml.py");
        await python.StandardInput.BaseStream.WriteAsync(eml);
        python.StandardInput.Close();
        var complaints = python.StandardError.ReadToEndAsync();
        var answer = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, await complaints);
        return JsonDocument.Parse(answer).RootElement;
    }
}
