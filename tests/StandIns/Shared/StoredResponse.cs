using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace Dunning.StandIns;

/// <summary>The answer of a service that is not there.</summary>
internal sealed class StoredResponse(int status, ETag? etag = null, IReadOnlyDictionary<string, string> headers = null) : Response
{
    private readonly Dictionary<string, string> _headers = new(headers ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);

    public override int Status => status;

    public override string ReasonPhrase => ((System.Net.HttpStatusCode)status).ToString();

    public override Stream ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public static StoredResponse Error(int status, string code, string message, IReadOnlyDictionary<string, string> headers) => new(status, null, headers)
    {
        ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { error = new { code, message } }))),
    };

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders()
    {
        if (etag is { } tag)
            yield return new("ETag", tag.ToString());
        foreach (var (name, value) in _headers)
            yield return new(name, value);
    }

    protected override bool TryGetHeader(string name, out string value)
    {
        value = string.Equals(name, "ETag", StringComparison.OrdinalIgnoreCase) ? etag?.ToString() : _headers.GetValueOrDefault(name);
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
