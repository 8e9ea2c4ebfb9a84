using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dunning.Local.Tests.Api;

/// <summary>A mail server that takes what it is given and, unless told to, never says that it did.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer()
    {
        _listener.Start();
        _ = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Taken { get; private set; }

    public bool Answers { get; set; }

    public List<string> Recipients { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await Converse(client.GetStream());
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private async Task Converse(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        async Task Say(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
        await Say("220 ready");
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
        {
            if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase))
                Recipients.Add(line.Split(' ', 3) is [var a, var b, ..] ? $"{a} {b}" : line);
            if (!line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await Say("250 fine");
                continue;
            }
            await Say("354 go on");
            while (await reader.ReadLineAsync() is { } text && text != ".")
            {
            }
            Taken++;
            if (!Answers)
                return;
            await Say("250 taken");
        }
    }
}
