using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Functions.Tests.Senders;

/// <summary>Twilio, as seen through HTTP: it takes messages, remembers them, and breaks where a test says so.</summary>
public sealed class Phone : HttpMessageHandler
{
    public List<Dictionary<string, string>> Taken { get; } = [];

    public List<string> Asked { get; } = [];

    /// <summary>Answers, or throws, before a message is taken.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Before { get; set; }

    /// <summary>Answers, or throws, once it is taken.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? After { get; set; }

    /// <summary>What it says of the messages it took.</summary>
    public string Status { get; set; } = "queued";

    public static HttpResponseMessage Answer(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Refusal(int status, int code) => Answer(status, JsonSerializer.Serialize(new { code, status, message = "no" }));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add($"{request.Method} {request.RequestUri}");
        if (Before?.Invoke(request) is { } refused)
            return refused;
        if (request.Method == HttpMethod.Get)
            return Answer(200, JsonSerializer.Serialize(new { messages = Taken.Select(Resource) }));
        var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken)).ToDictionary(f => f.Key, f => f.Value.ToString());
        Taken.Add(form);
        return After?.Invoke(request) ?? Answer(201, JsonSerializer.Serialize(Resource(form, Taken.Count - 1)));
    }

    private object Resource(Dictionary<string, string> form, int number) => new { sid = $"SM{number}", status = Status, to = form["To"], body = form["Body"] };
}
