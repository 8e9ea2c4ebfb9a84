using System.Net;
using System.Text.Json;
using Twilio.Exceptions;
using Twilio.Http;

namespace Twilio.Clients
{
    public interface ITwilioRestClient
    {
        string AccountSid { get; }

        string Region { get; }

        Http.HttpClient HttpClient { get; }

        Response Request(Request request);

        Task<Response> RequestAsync(Request request);
    }

    public class TwilioRestClient : ITwilioRestClient
    {
        private readonly string _username;
        private readonly string _password;

        public TwilioRestClient(
            string username, string password, string accountSid = null, string region = null, Http.HttpClient httpClient = null, string edge = null)
        {
            (_username, _password, Region, Edge) = (username, password, region, edge);
            AccountSid = accountSid ?? username;
            HttpClient = httpClient ?? new SystemNetHttpClient();
        }

        public Http.HttpClient HttpClient { get; }

        public string AccountSid { get; }

        public string Region { get; }

        public string Edge { get; set; }

        public Response Request(Request request) => RequestAsync(request).GetAwaiter().GetResult();

        /// <remarks>As the package: an error whose body is not JSON has Status 0 and Code 0.</remarks>
        public async Task<Response> RequestAsync(Request request)
        {
            request.SetAuth(_username, _password);
            Response response;
            try
            {
                response = await HttpClient.MakeRequestAsync(request);
            }
            catch (Exception failure)
            {
                throw new ApiConnectionException("Connection Error: " + request.Method + request.ConstructUrl(), failure);
            }
            if (response.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.BadRequest)
                return response;
            throw Refusal(response);
        }

        private static ApiException Refusal(Response response)
        {
            try
            {
                using var error = JsonDocument.Parse(response.Content);
                var code = error.RootElement.TryGetProperty("code", out var number) && number.TryGetInt32(out var value) ? value : 0;
                return new(code, (int)response.StatusCode, Text(error, "message") ?? $"Unable to make request, {response.StatusCode}", Text(error, "more_info"));
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
            {
                return new($"Api Error: {response.StatusCode} - {response.Content ?? "[no content]"}");
            }
        }

        private static string Text(JsonDocument error, string name) =>
            error.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
    }
}

namespace Twilio.Exceptions
{
    public class TwilioException : Exception
    {
        public TwilioException()
        {
        }

        public TwilioException(string message)
            : base(message)
        {
        }

        public TwilioException(string message, Exception exception)
            : base(message, exception)
        {
        }
    }

    public class ApiConnectionException : TwilioException
    {
        public ApiConnectionException(string message)
            : base(message)
        {
        }

        public ApiConnectionException(string message, Exception exception)
            : base(message, exception)
        {
        }
    }

    public class AuthenticationException : TwilioException
    {
        public AuthenticationException(string message)
            : base(message)
        {
        }
    }

    public class ApiException : TwilioException
    {
        public ApiException(string message)
            : base(message)
        {
        }

        public ApiException(string message, Exception exception)
            : base(message, exception)
        {
        }

        public ApiException(
            int code, int status, string message, string moreInfo, Dictionary<string, object> details = null, Exception exception = null)
            : base(message, exception) => (Code, Status, MoreInfo, Details) = (code, status, moreInfo, details);

        public int Code { get; }

        public int Status { get; }

        public string MoreInfo { get; }

        public Dictionary<string, object> Details { get; }
    }
}
