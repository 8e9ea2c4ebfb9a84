using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dunning.Local.Tests.Crash;

/// <summary>A mail server that takes everything and counts how often each message came, by what it says carriers know it by: the ground truth of what was sent.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentDictionary<string, int> Received { get; } = new(StringComparer.Ordinal);

    /// <summary>Called with a message in hand and its answer not yet given: the worst instant for whoever sent it.</summary>
    public Action? InHand { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                Task Say(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token).AsTask();
                await Say("220 sink");
                while (await reader.ReadLineAsync(_stop.Token) is { } command)
                {
                    if (command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                    {
                        await Say("354 go on");
                        // Counted before the answer: the one who sent it may die before reading it.
                        Received.AddOrUpdate(await Key(reader), 1, (_, n) => n + 1);
                        InHand?.Invoke();
                        await Say("250 taken");
                    }
                    else
                        await Say(command.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 fine");
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // The client was killed, or the test is over.
        }
    }

    private async Task<string> Key(StreamReader reader)
    {
        var key = "";
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line == ".")
                return key;
            if (line.StartsWith("X-Dunning-Key: ", StringComparison.Ordinal))
                key = line["X-Dunning-Key: ".Length..];
        }
        throw new IOException("the message was cut off");
    }
}
