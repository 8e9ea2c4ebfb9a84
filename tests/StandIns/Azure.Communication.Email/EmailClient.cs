using Azure.Core;
using Dunning.StandIns;

namespace Azure.Communication.Email;

public class EmailClient
{
    private readonly EmailService _service;
    private readonly EmailClientOptions _options;

    protected EmailClient()
    {
    }

    public EmailClient(string connectionString)
        : this(connectionString, new())
    {
    }

    public EmailClient(string connectionString, EmailClientOptions options)
        : this(EmailService.At(connectionString), options)
    {
    }

    public EmailClient(Uri endpoint, AzureKeyCredential credential, EmailClientOptions options = null)
        : this(EmailService.At(endpoint), options) => ArgumentNullException.ThrowIfNull(credential);

    public EmailClient(Uri endpoint, TokenCredential credential, EmailClientOptions options = null)
        : this(EmailService.At(endpoint), options) => ArgumentNullException.ThrowIfNull(credential);

    private EmailClient(EmailService service, EmailClientOptions options) => (_service, _options) = (service, options ?? new());

    public virtual Task<EmailSendOperation> SendAsync(WaitUntil wait, EmailMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(wait, message, Guid.NewGuid(), cancellationToken);

    public virtual async Task<EmailSendOperation> SendAsync(
        WaitUntil wait, EmailMessage message, Guid operationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Recipients.To.Count + message.Recipients.CC.Count + message.Recipients.BCC.Count == 0)
            throw new ArgumentException("There is no recipient.", nameof(message));
        var id = operationId.ToString();
        await _service.Wire.Send(new("Send", message.SenderAddress, id, 1), _options.Retry, cancellationToken, () => _service.Accept(id, message));
        var operation = new EmailSendOperation(id, this);
        if (wait == WaitUntil.Completed)
            await operation.WaitForCompletionAsync(cancellationToken);
        return operation;
    }

    public virtual Task<EmailSendOperation> SendAsync(
        WaitUntil wait, string senderAddress, string recipientAddress, string subject, string htmlContent, string plainTextContent = null,
        CancellationToken cancellationToken = default) =>
        SendAsync(wait, senderAddress, recipientAddress, subject, htmlContent, Guid.NewGuid(), plainTextContent, cancellationToken);

    public virtual Task<EmailSendOperation> SendAsync(
        WaitUntil wait, string senderAddress, string recipientAddress, string subject, string htmlContent, Guid operationId, string plainTextContent = null,
        CancellationToken cancellationToken = default) => SendAsync(
            wait, new(senderAddress, recipientAddress, new EmailContent(subject) { Html = htmlContent, PlainText = plainTextContent }), operationId, cancellationToken);

    internal Task<EmailSendStatus> StatusOf(string id, CancellationToken cancellation) =>
        _service.Wire.Send(new("GetSendResult", "operations", id, 1), _options.Retry, cancellation, () => _service.StatusOf(id));
}

public class EmailSendOperation : Operation<EmailSendResult>
{
    private readonly EmailClient _client;
    private EmailSendStatus _status = EmailSendStatus.Running;
    private Response _raw = new StoredResponse(202);

    protected EmailSendOperation()
    {
    }

    public EmailSendOperation(string id, EmailClient client) => (Id, _client) = (id, client);

    public override string Id { get; }

    public override bool HasCompleted => _status == EmailSendStatus.Succeeded || IsFailed;

    public override bool HasValue => _status == EmailSendStatus.Succeeded;

    public override EmailSendResult Value => HasValue ? new(_status)
        : throw (IsFailed ? Wire.Failure(200, "EmailSendFailed") : new InvalidOperationException("The operation has not completed yet."));

    private bool IsFailed => _status == EmailSendStatus.Failed || _status == EmailSendStatus.Canceled;

    public override Response GetRawResponse() => _raw;

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => UpdateStatusAsync(cancellationToken).AsTask().GetAwaiter().GetResult();

    /// <remarks>As the package: an operation that ended badly throws, as does an unknown one.</remarks>
    public override async ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default)
    {
        _status = await _client.StatusOf(Id, cancellationToken);
        _raw = new StoredResponse(200);
        return IsFailed ? throw Wire.Failure(200, "EmailSendFailed") : _raw;
    }

    public override Response<EmailSendResult> WaitForCompletion(CancellationToken cancellationToken = default) =>
        WaitForCompletionAsync(cancellationToken).AsTask().GetAwaiter().GetResult();

    public override Response<EmailSendResult> WaitForCompletion(TimeSpan suggestedPollingInterval, CancellationToken cancellationToken) =>
        WaitForCompletion(cancellationToken);

    public override async ValueTask<Response<EmailSendResult>> WaitForCompletionAsync(CancellationToken cancellationToken = default)
    {
        while (!HasCompleted)
            await UpdateStatusAsync(cancellationToken);
        return Response.FromValue(Value, _raw);
    }

    public override ValueTask<Response<EmailSendResult>> WaitForCompletionAsync(TimeSpan suggestedPollingInterval, CancellationToken cancellationToken) =>
        WaitForCompletionAsync(cancellationToken);
}
