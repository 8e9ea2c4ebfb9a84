using System.Diagnostics;
using System.Net.Http.Headers;

namespace Dunning.Local.Tests.Api;

/// <summary>Files as a client gets them, and other people's programs to judge them.</summary>
internal static class Outside
{
    public static async Task<byte[]> Bytes(this TestHost host, string path, string? key = TestHost.Key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>What pdftotext reads, its no-break spaces as spaces.</summary>
    public static string Text(this byte[] pdf) =>
        Run("/usr/bin/pdftotext", pdf, "-layout", "-", "-").Replace('\u00A0', ' ').Replace('\u202F', ' ');

    /// <summary>The same in one line, so that a phrase is found wherever it was broken.</summary>
    public static string Words(this byte[] pdf) => string.Join(' ', pdf.Text().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What a Python script prints that reads these bytes from its standard input.</summary>
    public static string Python(string script, byte[] input) => Run("/usr/bin/python3", input, "-c", script);

    private static string Run(string program, byte[] input, params string[] arguments)
    {
        if (!File.Exists(program))
            Assert.Skip($"{program} is not installed.");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complaints) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complaints.Result);
        return said.Result;
    }
}
