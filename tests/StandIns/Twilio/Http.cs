using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Twilio.Http
{
    public class HttpMethod
    {
        public static readonly HttpMethod Get = new("GET");
        public static readonly HttpMethod Post = new("POST");
        public static readonly HttpMethod Delete = new("DELETE");
        private readonly string _value;

        public HttpMethod(string method) => _value = method.ToUpperInvariant();

        public override string ToString() => _value;
    }

    public class Request
    {
        public Request(HttpMethod method, string url) => (Method, Uri) = (method, new(url));

        public HttpMethod Method { get; }

        public Uri Uri { get; private set; }

        public string Username { get; set; }

        public string Password { get; set; }

        public string Region { get; set; }

        public string Edge { get; set; }

        public List<KeyValuePair<string, string>> QueryParams { get; private set; } = [];

        public List<KeyValuePair<string, string>> PostParams { get; private set; } = [];

        public List<KeyValuePair<string, string>> HeaderParams { get; private set; } = [];

        public Uri ConstructUrl() => QueryParams.Count == 0 ? Uri : new(Uri.AbsoluteUri + "?" + string.Join(
            '&', QueryParams.Select(p => $"{WebUtility.UrlEncode(p.Key)}={WebUtility.UrlEncode(p.Value)}")));

        public void SetAuth(string username, string password) => (Username, Password) = (username, password);

        public void AddQueryParam(string name, string value) => QueryParams.Add(new(name, value));

        public void AddPostParam(string name, string value) => PostParams.Add(new(name, value));
    }

    public class Response
    {
        public Response(HttpStatusCode statusCode, string content, HttpResponseHeaders headers = null) =>
            (StatusCode, Content, Headers) = (statusCode, content, headers);

        public HttpStatusCode StatusCode { get; }

        public string Content { get; }

        public HttpResponseHeaders Headers { get; }
    }

    public abstract class HttpClient
    {
        public Request LastRequest { get; protected set; }

        public Response LastResponse { get; protected set; }

        public abstract Response MakeRequest(Request request);

        public abstract Task<Response> MakeRequestAsync(Request request);

        public string Authentication(string username, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"));
    }

    public class SystemNetHttpClient : HttpClient
    {
        private readonly System.Net.Http.HttpClient _client;

        public SystemNetHttpClient(System.Net.Http.HttpClient httpClient = null) =>
            _client = httpClient ?? new(new HttpClientHandler { AllowAutoRedirect = false });

        public override Response MakeRequest(Request request) => MakeRequestAsync(request).GetAwaiter().GetResult();

        public override async Task<Response> MakeRequestAsync(Request request)
        {
            using var message = new HttpRequestMessage(new(request.Method.ToString()), request.ConstructUrl());
            if (request.Method.ToString() != "GET")
                message.Content = new FormUrlEncodedContent(request.PostParams);
            if (request.Username is not null && request.Password is not null)
                message.Headers.Authorization = new("Basic", Authentication(request.Username, request.Password));
            message.Headers.Accept.Add(new("application/json"));
            (LastRequest, LastResponse) = (request, null);
            var answer = await _client.SendAsync(message);
            LastResponse = new(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
            return LastResponse;
        }
    }
}
