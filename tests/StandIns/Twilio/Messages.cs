using System.Collections;
using System.Globalization;
using System.Text.Json;
using Twilio.Base;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Types;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Types
{
    public interface IEndpoint
    {
        string ToString();
    }

    public class PhoneNumber : IEndpoint
    {
        private readonly string _number;

        public PhoneNumber(string number) => _number = number;

        public static implicit operator PhoneNumber(string number) => new(number);

        public override string ToString() => _number;
    }

    public abstract class StringEnum
    {
        private string _value;

        protected StringEnum()
        {
        }

        protected StringEnum(string value) => _value = value;

        public static bool operator ==(StringEnum a, StringEnum b) => a is null ? b is null : a.Equals(b);

        public static bool operator !=(StringEnum a, StringEnum b) => !(a == b);

        public void FromString(string value) => _value = value;

        public override bool Equals(object obj) => obj is not null && obj.GetType() == GetType() && ((StringEnum)obj)._value == _value;

        public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

        public override string ToString() => _value;
    }
}

namespace Twilio.Base
{
    public abstract class Resource
    {
    }

    public interface IOptions<T>
        where T : Resource
    {
    }

    public abstract class ReadOptions<T> : IOptions<T>
        where T : Resource
    {
        private long? _pageSize;
        private long? _limit;

        public long? PageSize
        {
            get => _pageSize;
            set => _pageSize = value ?? _pageSize;
        }

        public long? Limit
        {
            get => _limit;
            set => (_limit, _pageSize) = (value ?? _limit, _pageSize ?? value);
        }
    }

    /// <remarks>Only the first page: no test of ours has more.</remarks>
    public class ResourceSet<T> : IEnumerable<T>
        where T : Resource
    {
        private readonly IReadOnlyList<T> _records;

        internal ResourceSet(IReadOnlyList<T> records) => _records = records;

        public bool AutoPaging { get; set; }

        public IEnumerator<T> GetEnumerator() => _records.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace Twilio.Rest.Api.V2010.Account
{
    public class CreateMessageOptions : IOptions<MessageResource>
    {
        public CreateMessageOptions(PhoneNumber to) => To = to;

        public PhoneNumber To { get; }

        public string PathAccountSid { get; set; }

        public PhoneNumber From { get; set; }

        public string MessagingServiceSid { get; set; }

        public string Body { get; set; }

        public Uri StatusCallback { get; set; }

        public int? ValidityPeriod { get; set; }

        public bool? SmartEncoded { get; set; }

        public List<KeyValuePair<string, string>> GetParams()
        {
            (string Name, string Value)[] all =
            [
                ("To", To?.ToString()),
                ("StatusCallback", StatusCallback?.AbsoluteUri),
                ("ValidityPeriod", ValidityPeriod?.ToString(CultureInfo.InvariantCulture)),
                ("SmartEncoded", SmartEncoded is { } smart ? smart ? "true" : "false" : null),
                ("From", From?.ToString()),
                ("MessagingServiceSid", MessagingServiceSid),
                ("Body", Body),
            ];
            return [.. all.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value))];
        }
    }

    public class ReadMessageOptions : ReadOptions<MessageResource>
    {
        public string PathAccountSid { get; set; }

        public PhoneNumber To { get; set; }

        public PhoneNumber From { get; set; }

        public DateTime? DateSent { get; set; }

        public DateTime? DateSentBefore { get; set; }

        public DateTime? DateSentAfter { get; set; }

        public List<KeyValuePair<string, string>> GetParams()
        {
            (string Name, string Value)[] all =
            [
                ("To", To?.ToString()),
                ("From", From?.ToString()),
                ("DateSent", Instant(DateSent)),
                ("DateSent<", DateSent is null ? Instant(DateSentBefore) : null),
                ("DateSent>", DateSent is null ? Instant(DateSentAfter) : null),
                ("PageSize", PageSize?.ToString(CultureInfo.InvariantCulture)),
            ];
            return [.. all.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value))];
        }

        private static string Instant(DateTime? at) => at?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }

    public class MessageResource : Resource
    {
        private MessageResource()
        {
        }

        public string Sid { get; private set; }

        public string AccountSid { get; private set; }

        public string MessagingServiceSid { get; private set; }

        public StatusEnum Status { get; private set; }

        public int? ErrorCode { get; private set; }

        public string ErrorMessage { get; private set; }

        public string To { get; private set; }

        public PhoneNumber From { get; private set; }

        public string Body { get; private set; }

        public string NumSegments { get; private set; }

        public DateTime? DateCreated { get; private set; }

        public DateTime? DateSent { get; private set; }

        public static async Task<MessageResource> CreateAsync(CreateMessageOptions options, ITwilioRestClient client = null)
        {
            var request = Ask(HttpMethod.Post, client, options.PathAccountSid, "Messages.json");
            request.PostParams.AddRange(options.GetParams());
            return FromJson((await client.RequestAsync(request)).Content);
        }

        public static async Task<MessageResource> FetchAsync(string pathSid, string pathAccountSid = null, ITwilioRestClient client = null) =>
            FromJson((await client.RequestAsync(Ask(HttpMethod.Get, client, pathAccountSid, $"Messages/{pathSid}.json"))).Content);

        public static async Task<ResourceSet<MessageResource>> ReadAsync(ReadMessageOptions options, ITwilioRestClient client = null)
        {
            var request = Ask(HttpMethod.Get, client, options.PathAccountSid, "Messages.json");
            request.QueryParams.AddRange(options.GetParams());
            using var page = JsonDocument.Parse((await client.RequestAsync(request)).Content);
            return new([.. page.RootElement.GetProperty("messages").EnumerateArray().Select(Of)]);
        }

        public static Task<ResourceSet<MessageResource>> ReadAsync(
            string pathAccountSid = null, PhoneNumber to = null, PhoneNumber from = null, DateTime? dateSentBefore = null, DateTime? dateSent = null,
            DateTime? dateSentAfter = null, long? pageSize = null, long? limit = null, ITwilioRestClient client = null) => ReadAsync(
                new ReadMessageOptions
                {
                    PathAccountSid = pathAccountSid,
                    To = to,
                    From = from,
                    DateSentBefore = dateSentBefore,
                    DateSent = dateSent,
                    DateSentAfter = dateSentAfter,
                    PageSize = pageSize,
                    Limit = limit,
                },
                client);

        /// <remarks>As the package: an answer that cannot be read is an ApiException without a status.</remarks>
        public static MessageResource FromJson(string json)
        {
            try
            {
                using var document = JsonDocument.Parse(json);
                return Of(document.RootElement);
            }
            catch (JsonException unreadable)
            {
                throw new ApiException(unreadable.Message, unreadable);
            }
        }

        private static Request Ask(HttpMethod method, ITwilioRestClient client, string account, string path) =>
            new(method, $"https://api.twilio.com/2010-04-01/Accounts/{account ?? client.AccountSid}/{path}");

        private static MessageResource Of(JsonElement json) => new()
        {
            Sid = Text(json, "sid"),
            AccountSid = Text(json, "account_sid"),
            MessagingServiceSid = Text(json, "messaging_service_sid"),
            Status = Text(json, "status"),
            ErrorCode = json.TryGetProperty("error_code", out var code) && code.ValueKind == JsonValueKind.Number ? code.GetInt32() : null,
            ErrorMessage = Text(json, "error_message"),
            To = Text(json, "to"),
            From = Text(json, "from"),
            Body = Text(json, "body"),
            NumSegments = Text(json, "num_segments"),
            DateCreated = Instant(json, "date_created"),
            DateSent = Instant(json, "date_sent"),
        };

        private static string Text(JsonElement json, string name) =>
            json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

        /// <remarks>RFC 2822, as this API writes dates.</remarks>
        private static DateTime? Instant(JsonElement json, string name) =>
            Text(json, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime : null;

        public sealed class StatusEnum : StringEnum
        {
            public static readonly StatusEnum Queued = new("queued");
            public static readonly StatusEnum Sending = new("sending");
            public static readonly StatusEnum Sent = new("sent");
            public static readonly StatusEnum Failed = new("failed");
            public static readonly StatusEnum Delivered = new("delivered");
            public static readonly StatusEnum Undelivered = new("undelivered");
            public static readonly StatusEnum Receiving = new("receiving");
            public static readonly StatusEnum Received = new("received");
            public static readonly StatusEnum Accepted = new("accepted");
            public static readonly StatusEnum Scheduled = new("scheduled");
            public static readonly StatusEnum Read = new("read");
            public static readonly StatusEnum PartiallyDelivered = new("partially_delivered");
            public static readonly StatusEnum Canceled = new("canceled");

            public StatusEnum()
            {
            }

            private StatusEnum(string value)
                : base(value)
            {
            }

            public static implicit operator StatusEnum(string value) => new(value);
        }
    }
}
