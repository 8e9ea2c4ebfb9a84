using Dunning.Service.Upcoming;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Functions.Orchestration;

/// <summary>Has creditors told in the afternoon what leaves on the next business day. Where nobody asked to be told it reads one list.</summary>
public sealed class NoticeTimer(TomorrowsPost post)
{
    [Function(nameof(NoticeTimer))]
    public Task Run([TimerTrigger("20 */5 * * * *")] TimerInfo timer, CancellationToken ct) => post.RunDue(ct);
}
