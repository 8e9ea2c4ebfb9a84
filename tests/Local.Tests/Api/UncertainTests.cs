using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dunning.Local.Tests.Api;

/// <summary>A mail server that takes a message and never says so: nobody knows, so a person decides (P2).</summary>
public sealed class UncertainTests
{
    [Fact]
    public async Task A_message_of_unknown_fate_stops_the_ladder_until_a_person_says_what_became_of_it()
    {
        using var server = new SilentServer();
        await using var host = await TestHost.Run(o => o with { Sending = "redirect:tests@example.org", Smtp = $"smtp://127.0.0.1:{server.Port}" });
        var (taken, lost) = (await host.Register(), await host.Register(i => i["debtor"]!["email"] = "other@example.org"));
        await host.MoveTo("2026-10-28T09:00:00+01:00");
        foreach (var path in new[] { taken, lost })
        {
            Assert.Equal("uncertainMessage", (await host.Get(path))["next.waitingFor"]);
            var task = await host.Task(path, "uncertainMessage");
            Assert.Equal("needsAnAnswer", (await host.Post($"/api/tasks/{task["id"]}/done")).Code);
            Assert.Equal("notSettled", (await host.Post($"{path}/messages/courtesy/email/1/resend")).Code);
        }
        await host.MoveTo("2026-10-28T17:00:00+01:00");
        Assert.Equal(2, server.Taken);

        Assert.Equal(["outcome"], (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { outcome = "maybe" })).Fields);
        Assert.Equal(409, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { outcome = "posted" })).Status);
        Assert.Equal(202, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { id = "w1", outcome = "accepted" })).Status);
        Assert.Equal(202, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { id = "w1", outcome = "accepted" })).Status);
        Assert.Equal(409, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { outcome = "notSent" })).Status);
        server.Answers = true;
        Assert.Equal(202, (await host.Post($"{lost}/messages/courtesy/email/1/outcome", new { outcome = "notSent" })).Status);
        await host.MoveTo("2026-10-28T17:00:01+01:00");
        foreach (var path in new[] { taken, lost })
            Assert.Equal(["2026-10-28 courtesy email"], await host.Sent(path));
        Assert.Equal(3, server.Taken);
        Assert.All(server.Recipients, r => Assert.Equal("RCPT TO:<tests@example.org>", r));
    }

    private sealed class SilentServer : IDisposable
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
}
