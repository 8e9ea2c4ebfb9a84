using System.Net;
using System.Net.Sockets;
using Dunning.Service;
using Dunning.Service.Outgoing;

namespace Dunning.Service.Tests.Outgoing;

/// <summary>Nothing of ours is reached through what others enter.</summary>
public sealed class EgressTests
{
    private static readonly EgressRules Strict = new();
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.8.9.1"), InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255")]
    [InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("100.100.100.200"), InlineData("100.127.255.255"), InlineData("192.0.0.192")]
    [InlineData("192.0.2.1"), InlineData("198.18.0.1"), InlineData("198.51.100.7"), InlineData("203.0.113.9"), InlineData("224.0.0.1"), InlineData("239.255.255.250"), InlineData("240.0.0.1")]
    [InlineData("255.255.255.255"), InlineData("168.63.129.16"), InlineData("192.88.99.1")]
    [InlineData("::"), InlineData("::1"), InlineData("::127.0.0.1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::ffff:169.254.169.254"), InlineData("::ffff:0:127.0.0.1")]
    [InlineData("fe80::1"), InlineData("fec0::1"), InlineData("fc00::1"), InlineData("fd00:ec2::254"), InlineData("ff02::1"), InlineData("2001:db8::1"), InlineData("2001::1"), InlineData("100::1"), InlineData("3fff::1")]
    [InlineData("64:ff9b::7f00:1"), InlineData("64:ff9b::a00:1"), InlineData("64:ff9b::a9fe:a9fe"), InlineData("64:ff9b:1::1"), InlineData("2002:7f00:1::"), InlineData("2002:a9fe:a9fe::1"), InlineData("2002:c0a8:101::1")]
    [InlineData("2606:4700::5efe:7f00:1"), InlineData("2606:4700::200:5efe:a00:1"), InlineData("5f00::1")]
    public void What_is_private_in_any_form_is_not_reached(string address) => Assert.False(Strict.Allows(IPAddress.Parse(address)), address);

    [Theory]
    [InlineData("93.184.215.14"), InlineData("172.15.255.255"), InlineData("172.32.0.1"), InlineData("100.63.255.255"), InlineData("100.128.0.1"), InlineData("169.253.1.1"), InlineData("11.0.0.1")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c"), InlineData("2a01:4f8::1"), InlineData("64:ff9b::5db8:d70e"), InlineData("2002:5db8:d70e::1"), InlineData("::ffff:93.184.215.14")]
    public void What_is_public_is(string address) => Assert.True(Strict.Allows(IPAddress.Parse(address)), address);

    [Fact]
    public void With_leave_this_machine_is_reached_and_nothing_else_of_its_network()
    {
        var lenient = new EgressRules(Loopback: true);
        Assert.All(["127.0.0.1", "::1", "::ffff:127.0.0.1"], a => Assert.True(lenient.Allows(IPAddress.Parse(a)), a));
        Assert.All(["10.0.0.1", "169.254.169.254", "fd00::1", "0.0.0.0"], a => Assert.False(lenient.Allows(IPAddress.Parse(a)), a));
        Assert.Null(lenient.Fault("http://127.0.0.1:5000/x"));
        Assert.NotNull(lenient.Fault("http://platform.example.org/x"));
    }

    [Theory]
    [InlineData("http://platform.example.org/"), InlineData("https://127.0.0.1/"), InlineData("https://127.1/"), InlineData("https://2130706433/"), InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7f000001/"), InlineData("https://0x7f.1/"), InlineData("https://[::1]/"), InlineData("https://[::ffff:169.254.169.254]/"), InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://localhost/"), InlineData("https://intranet/"), InlineData("https://localhost./"), InlineData("https://a:b@platform.example.org/"), InlineData("https://platform.example.org:80/")]
    [InlineData("https://platform.example.org:25/"), InlineData("https://platform.example.org/#a"), InlineData("file:///etc/passwd"), InlineData("gopher://platform.example.org/"), InlineData("https://"), InlineData("nothing")]
    public void An_address_that_is_no_platforms_is_refused_when_it_is_entered(string url) => Assert.NotNull(Strict.Fault(url));

    [Theory]
    [InlineData("https://platform.example.org/dunning?x=1"), InlineData("https://platform.example.org:8443/"), InlineData("https://93.184.215.14/"), InlineData("https://größe.example.org/")]
    public void An_address_of_a_platform_is_taken(string url) => Assert.Null(Strict.Fault(url));

    [Fact]
    public async Task A_name_is_judged_by_every_address_it_has_when_it_is_connected_to_and_looked_up_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        foreach (var addresses in (string[][])[["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["10.0.0.1"], ["::ffff:7f00:1"], []])
        {
            var lookups = 0;
            using var sender = new WebhookSender(Strict, TimeProvider.System, (_, _) =>
            {
                lookups++;
                return Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));
            }, TimeSpan.FromSeconds(20));
            var sent = await sender.Send($"https://rebound.example.org:{port}/", "evt_1", "{}", [], Never);
            Assert.Equal((null, "addressNotAllowed", 1), (sent.Status, sent.Error, lookups));
        }
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_left_alone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n"u8.ToArray());
            var chunk = new byte[64 * 1024];
            try
            {
                while (true)
                    await stream.WriteAsync(chunk);
            }
            catch (IOException)
            {
            }
        }, Never);
        using var sender = new WebhookSender(new(Loopback: true), TimeProvider.System);
        var sent = await sender.Send($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", "evt_1", "{}", [], Never);
        Assert.True(sent.Succeeded);
        await served;
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_is_not_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new WebhookSender(new(Loopback: true), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), TimeSpan.FromMilliseconds(50));
        var sent = await sender.Send($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", "evt_1", "{}", [], Never);
        Assert.Equal((null, "timeout"), (sent.Status, sent.Error));
    }
}
