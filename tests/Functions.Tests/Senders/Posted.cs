using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.StandIns;
using Microsoft.Extensions.DependencyInjection;
using Twilio.Clients;
using Twilio.Http;

namespace Dunning.Functions.Tests.Senders;

/// <summary>A world whose messages go through the real senders to providers in memory.</summary>
internal sealed class Posted : IAsyncDisposable
{
    private Posted(AzureWorld world, Phone phone) => (World, Phone) = (world, phone);

    public AzureWorld World { get; }

    public Phone Phone { get; }

    public EmailService Mail => EmailService.At(Options.EmailEndpoint!);

    public BlobAccount Blobs => BlobAccount.At(Options.Blobs!);

    public AzureOptions Options => World.Services.GetRequiredService<AzureOptions>();

    public IEnumerable<string> Subjects => Mail.Sent.Select(s => s.Message.Content.Subject);

    public static async Task<Posted> Begin(Action<Dictionary<string, string?>>? settled = null)
    {
        var phone = new Phone();
        void Twilio(Dictionary<string, string?> settings)
        {
            (settings["DUNNING_TWILIO_ACCOUNT_SID"], settings["DUNNING_TWILIO_AUTH_TOKEN"], settings["DUNNING_SMS_FROM"]) = ("AC1", "token-of-the-tests", "+33700000000");
            settled?.Invoke(settings);
        }

        var client = new TwilioRestClient("AC1", "token-of-the-tests", "AC1", httpClient: new SystemNetHttpClient(new System.Net.Http.HttpClient(phone)));
        return new(await AzureWorld.Begin(settled: Twilio, change: s => s.AddSingleton<ITwilioRestClient>(client), realSenders: true), phone);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    public IMessageSender Sender(Channel channel) => World.Services.GetRequiredService<IReadOnlyDictionary<Channel, IMessageSender>>()[channel];

    public Task<SendOutcome> Send(OutgoingMessage message) => Sender(message.Key.Channel).Send(message, default);

    public Task<SendOutcome?> Ask(OutgoingMessage message) => Sender(message.Key.Channel).Ask(message, default);

    public OutgoingMessage Message(Channel channel, string step = "first", int sending = 1) => new(
        new("case-1", step, channel, sending), "demo",
        channel switch { Channel.Email => "compta@example.org", Channel.Sms => "+33600000000", _ => "Boulangerie Martin\n12 rue des Lilas\n69003 Lyon" },
        "Boulangerie Martin", "Relance", $"Bonjour, {step}.", World.Clock.GetUtcNow())
    {
        FromName = "Moulins du Rhône",
        FromEmail = "facturation@moulins.example.com",
        ReplyTo = "claire@moulins.example.com",
        Pdf = channel == Channel.Letter ? "%PDF-1.7 of a test"u8.ToArray() : null,
    };
}
