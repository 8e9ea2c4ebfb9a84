using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>
/// The connection to a mail server: lines out, replies in, every step under a time limit. <see cref="Doing"/> names the step for the
/// reason of a failure. Nothing is ever pipelined, so a server that speaks before it is asked is an error, or an injection.
/// </summary>
internal sealed class SmtpWire(SmtpServer server) : IAsyncDisposable
{
    private const int ContentBlock = 32 * 1024;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Stream _stream = Stream.Null;
    private SmtpReplyReader _replies = new(Stream.Null);

    internal string Doing { get; private set; } = "connecting";

    internal bool IsEncrypted { get; private set; }

    /// <summary>Our end, as RFC 5321 4.1.3 writes an address where a name is expected.</summary>
    internal string AddressLiteral
    {
        get
        {
            var address = ((IPEndPoint)_socket.LocalEndPoint!).Address;
            if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
            return address.AddressFamily == AddressFamily.InterNetwork ? $"[{address}]" : $"[IPv6:{address.ToString().Split('%')[0]}]";
        }
    }

    internal async Task<SmtpReply> Connect(CancellationToken cancel)
    {
        await Within(server.Timeout, async limit => await _socket.ConnectAsync(server.Host, server.Port, limit), cancel);
        Use(new NetworkStream(_socket));
        if (server.Security == SmtpSecurity.Tls) await Encrypt(cancel);
        return await Answer("greeting", server.Timeout, cancel);
    }

    internal async Task Encrypt(CancellationToken cancel)
    {
        // What was read in clear before TLS began could come from anyone on the way; it must not be taken for an answer inside TLS.
        _replies.MustBeEmpty();
        Doing = "TLS";
        await Within(server.Timeout, async limit => Use(await SmtpTls.Encrypt(_stream, server, limit)), cancel);
        IsEncrypted = true;
    }

    /// <param name="line">Without CRLF, and never shown: it may be a password.</param>
    /// <param name="step">The name of the step, for reasons.</param>
    internal async Task<SmtpReply> Command(string line, string step, CancellationToken cancel)
    {
        Doing = step;
        _replies.MustBeEmpty();
        await Write(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);
        return await Answer(step, server.Timeout, cancel);
    }

    /// <summary>Everything but the final dot, in blocks: a large message on a slow line is not a server that hangs.</summary>
    internal async Task Content(byte[] message, CancellationToken cancel)
    {
        Doing = "content";
        var stuffed = DotStuffing.Apply(message);
        for (var at = 0; at < stuffed.Length; at += ContentBlock)
            await Write(stuffed.AsMemory(at, Math.Min(ContentBlock, stuffed.Length - at)), cancel);
        _replies.MustBeEmpty();
    }

    internal async Task<SmtpReply> FinalDot(CancellationToken cancel)
    {
        Doing = "final answer";
        await Write(".\r\n"u8.ToArray(), cancel);
        return await Answer("final answer", server.FinalReplyTimeout, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.DisposeAsync();
            _socket.Dispose();
        }
        catch (Exception)
        {
            // The outcome is known by now, and a line that breaks while it is being closed changes nothing about it.
        }
    }

    private void Use(Stream stream)
    {
        _stream = stream;
        _replies = new SmtpReplyReader(stream);
    }

    private async Task Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        await Within(server.Timeout, async limit => await _stream.WriteAsync(bytes, limit), cancel);

    private async Task<SmtpReply> Answer(string step, TimeSpan patience, CancellationToken cancel)
    {
        Doing = step;
        SmtpReply? reply = null;
        await Within(patience, async limit => reply = await _replies.Read(limit), cancel);
        return reply!;
    }

    private static async Task Within(TimeSpan patience, Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            await work(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came within {patience.TotalSeconds:0.#} s");
        }
    }
}
