namespace Dunning.Local.Tests.Api;

/// <summary>SMS: what became of ours, and what debtors text back.</summary>
public sealed class TwilioTests
{
    [Fact]
    public async Task A_signed_callback_is_believed_even_twice_and_out_of_order()
    {
        await using var host = await Twilios.Host();
        var path = await host.Texted();
        foreach (var status in new[] { "queued", "delivered", "delivered", "sent" })
        {
            var heard = await host.Status(path, status);
            Assert.Equal((200, "text/xml"), (heard.Status, heard.ContentType));
            Assert.EndsWith("<Response/>", heard.Text, StringComparison.Ordinal);
        }
        Assert.Equal("delivered", (await host.Get($"{path}/messages/second/sms/1"))["status"]);
    }

    [Fact]
    public async Task An_sms_that_did_not_arrive_says_why()
    {
        await using var host = await Twilios.Host();
        var path = await host.Texted();
        await host.Status(path, "undelivered", to: "+33611111111", code: "30005");
        Assert.Equal("accepted", (await host.Get($"{path}/messages/second/sms/1"))["status"]);
        await host.Status(path, "undelivered", code: "30005");
        Assert.Equal("bounced", (await host.Get($"{path}/messages/second/sms/1"))["status"]);
        Assert.Equal("undelivered, code 30005", (string?)(await host.Task(path, "bouncedMessage"))["note"]);
    }

    [Fact]
    public async Task What_is_not_signed_for_this_creditor_changes_nothing()
    {
        await using var host = await Twilios.Host();
        var path = await host.Texted();
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Put("/api/creditors/other/webhooks/twilio", new { secrets = new[] { "another-token-0001" } });
        var query = $"?key={Uri.EscapeDataString($"{path.Split('/')[^1]}/second/sms/1")}";
        Dictionary<string, string> fields = new() { ["MessageStatus"] = "undelivered" };
        Assert.Equal(401, (await host.Twilio(query, fields, token: "another-token-0001")).Status);
        Assert.Equal(401, (await host.Twilio(query, fields, signature: "")).Status);
        Assert.Equal(401, (await host.Twilio(query, fields, signature: "bm8=")).Status);
        Assert.Equal(401, (await host.Twilio(query, fields, creditor: "nobody")).Status);
        Assert.Equal(401, (await host.Send("POST", $"/api/webhooks/twilio/demo{query}", "{}", null, ("X-Twilio-Signature", "bm8="))).Status);
        // Signed, but by another creditor: its message is none of ours.
        Assert.Equal(200, (await host.Status(path, "undelivered", token: "another-token-0001", creditor: "other")).Status);
        Assert.Equal("accepted", (await host.Get($"{path}/messages/second/sms/1"))["status"]);
    }

    [Fact]
    public async Task Without_an_address_of_our_own_no_signature_can_be_checked()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/demo/webhooks/twilio", new { secrets = new[] { Twilios.Token } });
        Assert.Equal(401, (await host.Twilio("", new() { ["MessageSid"] = "SM1", ["From"] = "+336", ["Body"] = "x" })).Status);
    }

    [Fact]
    public async Task The_hosts_own_token_signs_for_every_creditor()
    {
        await using var host = await TestHost.Run(o => o with { PublicUrl = new(Twilios.Public), TwilioAuthToken = Twilios.Token });
        var path = await host.Texted();
        Assert.Equal(200, (await host.Status(path, "delivered")).Status);
        Assert.Equal("delivered", (await host.Get($"{path}/messages/second/sms/1"))["status"]);
    }

    [Fact]
    public async Task A_body_larger_than_a_megabyte_is_refused()
    {
        await using var host = await Twilios.Host();
        Assert.Equal(413, (await host.Text(new string('x', 1024 * 1024))).Status);
    }

    [Fact]
    public async Task A_text_from_a_number_we_wrote_to_is_an_answer_and_counts_once()
    {
        await using var host = await Twilios.Host();
        var path = await host.Texted();
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(200, (await host.Text("Virement fait ce matin 👍")).Status);
        Assert.Equal("+33600000000: Virement fait ce matin 👍", (string?)(await host.Task(path, "reply"))["note"]);
        Assert.Equal("reply", (await host.Get(path))["next.waitingFor"]);
    }

    [Theory]
    [InlineData("STOP", null)]
    [InlineData(" Arrêt. ", null)]
    [InlineData("non merci", "STOP")]
    public async Task A_wish_to_hear_no_more_is_an_answer_that_says_so(string body, string? wish)
    {
        await using var host = await Twilios.Host();
        var path = await host.Texted();
        await host.Text(body, wish: wish);
        Assert.EndsWith("[asks for no more SMS]", (string?)(await host.Task(path, "reply"))["note"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_to_the_case_that_wrote_last()
    {
        await using var host = await Twilios.Host();
        var first = await host.Texted();
        var second = await host.Register(i => (i["dueDate"], i["debtor"]!["id"]) = ("2026-11-07", "second"));
        await host.MoveTo("2026-11-24T12:00:00+01:00");
        Assert.Contains(await host.Sent(second), s => s.EndsWith("second sms", StringComparison.Ordinal));
        await host.Text("Oui");
        await host.Task(second, "reply");
        Assert.Empty((await host.Get($"/api/tasks?kind=reply&case={first.Split('/')[^1]}")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_text_from_a_number_nobody_wrote_to_waits_for_a_person()
    {
        await using var host = await Twilios.Host();
        await host.Texted();
        await host.Text("Qui êtes-vous ?", from: "+32470000000");
        var waiting = Assert.Single((await host.Get("/api/unmatched-replies?creditor=demo")).Json["items"]!.AsArray())!;
        Assert.Equal(("sms", "+32470000000"), ((string?)waiting["channel"], (string?)waiting["from"]));
    }
}
