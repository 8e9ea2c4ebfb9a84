using System.Net;
using System.Net.Sockets;
using System.Text;
using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

/// <summary>A server that misbehaves exactly as told, over a real connection. It keeps every line it was sent.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _conversation;

    internal ScriptedServer(Func<ScriptedServer, Task> script)
    {
        _listener.Start();
        _conversation = Converse(script);
    }

    internal List<string> Heard { get; } = [];

    internal Socket Client { get; private set; } = null!;

    internal SmtpServer Settings => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port)
    {
        Security = SmtpSecurity.None,
        Timeout = TimeSpan.FromSeconds(20),
        FinalReplyTimeout = TimeSpan.FromSeconds(20),
    };

    private StreamReader Reader { get; set; } = StreamReader.Null;

    internal Task Say(string text) => Client.SendAsync(Encoding.Latin1.GetBytes(text));

    internal async Task<string?> Hear()
    {
        var line = await Reader.ReadLineAsync();
        if (line is not null) Heard.Add(line);
        return line;
    }

    /// <summary>One reply for each line heard.</summary>
    internal async Task Answer(params string[] replies)
    {
        foreach (var reply in replies)
        {
            await Hear();
            await Say(reply + "\r\n");
        }
    }

    /// <summary>An ordinary conversation up to and including the go-ahead for the content.</summary>
    internal async Task TalkUntilContent()
    {
        await Say("220 hello\r\n");
        await Answer("250-mail.test\r\n250 SIZE 1000000", "250 sender ok", "250 recipient ok", "354 go ahead");
    }

    internal async Task HearContent()
    {
        while (await Hear() is not (null or ".")) { }
    }

    internal async Task HearUntilGone()
    {
        while (await Hear() is not null) { }
    }

    /// <summary>Every line heard, once the conversation is over.</summary>
    internal async Task<IReadOnlyList<string>> End()
    {
        await _conversation;
        return Heard;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _conversation;
    }

    private async Task Converse(Func<ScriptedServer, Task> script)
    {
        try
        {
            using var client = Client = await _listener.AcceptSocketAsync();
            await using var stream = new NetworkStream(client);
            Reader = new StreamReader(stream, Encoding.Latin1);
            await script(this);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client left in the middle: what it made of that is what the test looks at.
        }
    }
}
