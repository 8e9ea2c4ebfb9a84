namespace Dunning.Service.Outgoing;

/// <summary>What attempts make of an endpoint. Pure, so that what changed meanwhile can be taken first and the attempts after it.</summary>
public static class AfterAttempts
{
    /// <param name="from">The place the attempts were read from: moved by somebody else meanwhile, it stays where that one put it.</param>
    /// <param name="to">The place of the feed after them.</param>
    public static (WebhookEndpoint Endpoint, IReadOnlyList<DeadLetter> Dead) Take(WebhookEndpoint endpoint, IReadOnlyList<Attempt> attempts, string from, string to, DateTimeOffset now)
    {
        var dead = new List<DeadLetter>();
        if (endpoint.Place == from)
            endpoint = endpoint with { Place = to, PlacedAt = now };
        // Failures first: where one of several got through, the endpoint is not failing.
        foreach (var attempt in attempts.OrderBy(a => a.Sent is { Succeeded: true }))
            endpoint = attempt.Sent is not { } sent ? endpoint with { Pending = [.. Without(endpoint, attempt), attempt.Of with { NextAt = attempt.Of.NextAt ?? attempt.At }] }
                : sent.Succeeded ? Succeed(endpoint, attempt, sent)
                : Fail(endpoint, attempt, sent, dead, now);
        return (endpoint, dead);
    }

    private static WebhookEndpoint Succeed(WebhookEndpoint endpoint, Attempt attempt, Sent sent) => endpoint with
    {
        Pending = Without(endpoint, attempt),
        Recent = [Tried(attempt, sent) with { NextAt = null }, .. endpoint.Recent.Take(WebhookEndpoint.MostRecent - 1)],
        Delivered = endpoint.Delivered + 1,
        FailingSince = null,
    };

    private static WebhookEndpoint Fail(WebhookEndpoint endpoint, Attempt attempt, Sent sent, List<DeadLetter> dead, DateTimeOffset now)
    {
        var tried = Tried(attempt, sent);
        var next = attempt.Payload is null ? null : RetrySchedule.Next(tried.Id, tried.Attempts, attempt.At, sent.RetryAfter);
        endpoint = endpoint with { FailingSince = endpoint.FailingSince ?? attempt.At, Pending = Without(endpoint, attempt) };
        if (next is not null)
            endpoint = endpoint with { Pending = [.. endpoint.Pending, tried with { NextAt = next }] };
        else
            dead.Add(new(endpoint.Id, tried with { NextAt = null }, attempt.Payload ?? "", now));
        return sent.Status == 410 ? Disable(endpoint, WebhookEndpoint.Gone, now)
            : next is null && endpoint.FailingSince <= tried.FirstAt ? Disable(endpoint, WebhookEndpoint.Failing, now)
            : endpoint;
    }

    private static WebhookEndpoint Disable(WebhookEndpoint endpoint, string because, DateTimeOffset now) =>
        endpoint.Disabled ? endpoint : endpoint with { Disabled = true, DisabledBecause = because, DisabledAt = now };

    private static WebhookDelivery Tried(Attempt attempt, Sent sent) => attempt.Of with
    {
        Attempts = attempt.Of.Attempts + 1,
        LastAt = attempt.At,
        Status = sent.Status,
        Error = sent.Error,
        Millis = sent.Millis,
    };

    private static IReadOnlyList<WebhookDelivery> Without(WebhookEndpoint endpoint, Attempt attempt) => [.. endpoint.Pending.Where(p => p.Id != attempt.Of.Id)];
}
