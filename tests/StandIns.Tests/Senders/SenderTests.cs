using System.Net;
using System.Text;
using Azure;
using Azure.Communication.Email;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Security;

namespace Dunning.StandIns.Tests.Senders;

public sealed class SenderTests
{
    private static int _services;
    private readonly string _connection = $"endpoint=https://mail{Interlocked.Increment(ref _services)}.communication.azure.com;accesskey=eA==";

    [Fact]
    public async Task A_mail_is_found_again_by_its_operation_id()
    {
        var (client, service) = (new EmailClient(_connection), EmailService.At(_connection));
        var id = Guid.NewGuid();
        await client.SendAsync(WaitUntil.Started, Mail(), id);
        var again = new EmailSendOperation($"{id}", client);
        await again.UpdateStatusAsync();
        Assert.True(again is { HasCompleted: true, HasValue: true });
        Assert.Equal(EmailSendStatus.Succeeded, again.Value.Status);
        Assert.Equal($"{id}", service.Sent.Single().OperationId);
    }

    [Fact]
    public async Task An_unknown_operation_and_one_that_failed_throw()
    {
        var (client, service) = (new EmailClient(_connection), EmailService.At(_connection));
        var unknown = await Assert.ThrowsAsync<RequestFailedException>(async () => await new EmailSendOperation($"{Guid.NewGuid()}", client).UpdateStatusAsync());
        Assert.Equal(404, unknown.Status);
        service.Outcome = EmailSendStatus.Failed;
        var sent = await client.SendAsync(WaitUntil.Started, Mail());
        await Assert.ThrowsAsync<RequestFailedException>(async () => await sent.UpdateStatusAsync());
        Assert.True(sent is { HasCompleted: true, HasValue: false });
    }

    [Fact]
    public async Task A_send_whose_answer_was_lost_is_repeated_by_the_client_unless_its_retries_are_off()
    {
        var service = EmailService.At(_connection);
        service.Wire.After = _ => throw Wire.Failure(503, "ServerBusy");
        var options = new EmailClientOptions();
        options.Retry.MaxRetries = 0;
        await Assert.ThrowsAsync<RequestFailedException>(() => new EmailClient(_connection, options).SendAsync(WaitUntil.Started, Mail()));
        Assert.Single(service.Sent);
        await Assert.ThrowsAsync<RequestFailedException>(() => new EmailClient(_connection).SendAsync(WaitUntil.Started, Mail()));
        Assert.Equal(5, service.Sent.Count);
    }

    [Fact]
    public async Task A_throttled_send_says_when_to_come_back()
    {
        EmailService.At(_connection).Wire.Before = _ => throw Wire.Failure(429, "TooManyRequests", TimeSpan.FromSeconds(90));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => new EmailClient(_connection).SendAsync(WaitUntil.Started, Mail()));
        Assert.Equal((429, "TooManyRequests"), (failure.Status, failure.ErrorCode!));
        Assert.True(failure.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds));
        Assert.Equal("90", seconds);
    }

    [Fact]
    public async Task A_text_message_is_one_form_and_its_answer_a_resource()
    {
        var wire = new Answers(HttpStatusCode.Created, """{"sid":"SM1","status":"queued","to":"+33600000000","date_created":"Thu, 24 Aug 2023 05:01:45 +0000"}""");
        var message = await MessageResource.CreateAsync(new CreateMessageOptions("+33600000000") { From = "Dunning", Body = "Bonjour", StatusCallback = new("https://x.example/cb") }, wire.Client());
        Assert.Equal(("SM1", MessageResource.StatusEnum.Queued), (message.Sid, message.Status));
        Assert.Equal(new DateTime(2023, 8, 24, 5, 1, 45, DateTimeKind.Utc), message.DateCreated);
        Assert.Equal("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", wire.Asked);
        Assert.Equal("To=%2B33600000000&StatusCallback=https%3A%2F%2Fx.example%2Fcb&From=Dunning&Body=Bonjour", wire.Form);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"code":21211,"message":"Invalid 'To'","status":400}""", 21211, 400)]
    [InlineData(HttpStatusCode.BadGateway, "<html>bad gateway</html>", 0, 0)]
    public async Task A_refusal_has_its_code_and_one_that_is_not_json_has_none(HttpStatusCode status, string body, int code, int expected)
    {
        var failure = await Assert.ThrowsAsync<ApiException>(() => MessageResource.FetchAsync("SM1", client: new Answers(status, body).Client()));
        Assert.Equal((code, expected), (failure.Code, failure.Status));
    }

    [Fact]
    public async Task A_lost_connection_is_its_own_failure() => await Assert.ThrowsAsync<ApiConnectionException>(
        () => MessageResource.ReadAsync(to: "+33600000000", client: new Answers(null, "").Client()));

    [Fact]
    public void A_callback_is_signed_over_its_url_and_all_its_fields()
    {
        // The example of the provider's documentation.
        var fields = new Dictionary<string, string>
        {
            ["CallSid"] = "CA1234567890ABCDE", ["Caller"] = "+12349013030", ["Digits"] = "1234", ["From"] = "+12349013030", ["To"] = "+18005551212",
        };
        const string url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        var validator = new RequestValidator("12345");
        Assert.True(validator.Validate(url, fields, "0/KCTR6DLpKmkAf8muzZqo1nDgQ="));
        Assert.True(validator.Validate("https://mycompany.com:443/myapp.php?foo=1&bar=2", fields, "0/KCTR6DLpKmkAf8muzZqo1nDgQ="));
        fields["Extra"] = "x";
        Assert.False(validator.Validate(url, fields, "0/KCTR6DLpKmkAf8muzZqo1nDgQ="));
    }

    private static EmailMessage Mail() => new("dunning@example.org", "compta@example.org", new EmailContent("Relance") { PlainText = "Bonjour" });

    private sealed class Answers(HttpStatusCode? status, string body) : HttpMessageHandler
    {
        public string? Asked { get; private set; }

        public string? Form { get; private set; }

        public TwilioRestClient Client() => new("SK1", "secret", "AC1", httpClient: new SystemNetHttpClient(new System.Net.Http.HttpClient(this)));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request.RequestUri!.AbsoluteUri;
            Form = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            return status is { } code
                ? new(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") }
                : throw new HttpRequestException("The line is dead.");
        }
    }
}
