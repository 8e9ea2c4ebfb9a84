using System.Globalization;
using Azure;
using Azure.Core;

namespace Dunning.StandIns;

/// <summary>One request as the service sees it, retries included. Not part of any package: for tests to count and to break.</summary>
/// <param name="Operation">The name of the method, without "Async".</param>
/// <param name="Resource">The table, the container, the sender.</param>
/// <param name="Key">What within it: keys of a row, the name of a blob, an operation id.</param>
/// <param name="Entities">How many rows a batch writes or a page of a query has; 1 otherwise.</param>
public sealed record ServiceCall(string Operation, string Resource, string Key, int Entities);

/// <summary>The wire to a service in memory: it counts every request, and breaks where a test says so.</summary>
public sealed class Wire
{
    private readonly List<ServiceCall> _calls = [];

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<ServiceCall> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    /// <summary>Runs before a request has its effect; what it throws is thrown to the caller and nothing has happened.</summary>
    public Func<ServiceCall, Task> Before { get; set; }

    /// <summary>Runs after a request had its effect; what it throws is thrown to the caller, who cannot know that it has happened.</summary>
    public Func<ServiceCall, Task> After { get; set; }

    /// <summary>A failure as a service answers it, for a test to throw.</summary>
    public static RequestFailedException Failure(int status, string code, TimeSpan? retryAfter = null)
    {
        var headers = new Dictionary<string, string> { ["x-ms-error-code"] = code, ["Content-Type"] = "application/json" };
        if (retryAfter is { } wait)
            headers["Retry-After"] = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new(StoredResponse.Error(status, code, code, headers));
    }

    public void Forget()
    {
        lock (_calls)
            _calls.Clear();
    }

    /// <summary>Makes a request, and makes it again after the failures the SDK retries, without its delays.</summary>
    internal async Task<T> Send<T>(ServiceCall call, RetryOptions retry, CancellationToken cancellation, Func<T> effect)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            lock (_calls)
                _calls.Add(call);
            try
            {
                if (Before is { } before)
                    await before(call);
                var result = effect();
                if (After is { } after)
                    await after(call);
                return result;
            }
            catch (Exception failure) when (attempt < retry.MaxRetries && IsRetried(failure))
            {
            }
        }
    }

    private static bool IsRetried(Exception failure) =>
        failure is IOException or RequestFailedException { Status: 0 or 408 or 429 or 500 or 502 or 503 or 504 };
}
