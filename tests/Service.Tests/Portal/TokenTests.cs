using Dunning.Service.Browsing;
using Dunning.Service.Portal;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Tests.Portal;

public sealed class TokenTests
{
    private static readonly PortalKey Key = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    [Fact]
    public void A_token_is_128_bits_in_base64url_the_same_for_the_same_case_and_generation()
    {
        Assert.Matches("^[A-Za-z0-9_-]{22}$", Key.Token("case", 1));
        Assert.Equal(Key.Token("case", 1), Key.Token("case", 1));
        string[] all = [Key.Token("case", 1), Key.Token("case", 2), Key.Token("case2", 1), Key.Form("case"), new PortalKey([.. Enumerable.Range(2, 32).Select(i => (byte)i)]).Token("case", 1)];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Without_a_secret_there_is_none() => Assert.Throws<InvalidOperationException>(() => new PortalKey(null).Token("case", 1));

    [Fact]
    public void Each_purpose_of_the_secret_has_a_key_of_its_own()
    {
        var secret = new ServerSecret([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        Assert.Equal(32, secret.KeyFor(ServerSecret.DebtorPages).Length);
        Assert.Equal(secret.KeyFor(ServerSecret.NoticeLinks), secret.KeyFor(ServerSecret.NoticeLinks));
        Assert.NotEqual(secret.KeyFor(ServerSecret.NoticeLinks), secret.KeyFor(ServerSecret.DebtorPages));
        Assert.Throws<InvalidOperationException>(() => new ServerSecret(null).KeyFor(ServerSecret.NoticeLinks));
    }

    [Fact]
    public void Whoever_asks_too_often_waits_for_the_next_minute()
    {
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch);
        var rate = new VisitRate(clock, perAddress: 5, perPrefix: 3);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => rate.Allows(From("1.1.1.1"), "abcdefgh")));
        Assert.False(rate.Allows(From("2.2.2.2"), "abcdefxx"));
        Assert.True(rate.Allows(From("1.1.1.1"), "other"));
        Assert.False(rate.Allows(From("1.1.1.1"), "third"));
        Assert.True(rate.Allows(From("2.2.2.2"), "third"));
        clock.MoveTo(DateTimeOffset.UnixEpoch.AddSeconds(59));
        Assert.False(rate.Allows(From("1.1.1.1"), "abcdefgh"));
        clock.MoveTo(DateTimeOffset.UnixEpoch.AddMinutes(1));
        Assert.True(rate.Allows(From("1.1.1.1"), "abcdefgh"));
    }

    [Fact]
    public void Whom_their_address_keeps_out_does_not_use_up_what_is_for_all_and_what_is_forgotten_counts_for_nobody()
    {
        var rate = new VisitRate(new VirtualClock(DateTimeOffset.UnixEpoch), perAddress: 2, perPrefix: 5);
        Assert.Equal([true, true, false, false, false, false], Enumerable.Range(0, 6).Select(_ => rate.Allows(From("1.1.1.1"), "")));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => rate.Allows(From("2.2.2.2"), "")));
        Assert.True(rate.Allows(From("3.3.3.3"), ""));
        rate.Forget(From("3.3.3.3"), "");
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => rate.Allows(From("3.3.3.3"), "")));
    }

    [Fact]
    public void Only_a_proxy_of_this_machine_is_believed_about_whom_it_answers()
    {
        var rate = new VisitRate(new VirtualClock(DateTimeOffset.UnixEpoch), perAddress: 1, perPrefix: 100);
        Assert.True(rate.Allows(From("127.0.0.1", "6.6.6.6, 1.1.1.1"), "a"));
        Assert.False(rate.Allows(From("127.0.0.1", "7.7.7.7, 1.1.1.1:54321"), "a"));
        Assert.True(rate.Allows(From("127.0.0.1", "1.1.1.1, 2.2.2.2"), "a"));
        Assert.True(rate.Allows(From("3.3.3.3", "4.4.4.4"), "a"));
        Assert.False(rate.Allows(From("3.3.3.3", "5.5.5.5"), "a"));
    }

    private static DefaultHttpContext From(string address, string? forwarded = null)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);
        if (forwarded is not null)
            http.Request.Headers["X-Forwarded-For"] = forwarded;
        return http;
    }
}
