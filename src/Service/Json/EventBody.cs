using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Audit;

namespace Dunning.Service.Json;

/// <summary>Events as logs keep them.</summary>
public static class EventBody
{
    /// <summary>
    /// The event at a place of a log. One that cannot be read must hold up neither its case nor whoever looks at the log: it reads as set aside, with the
    /// reason.
    /// </summary>
    public static CaseEvent Read(long seq, LogFormat format, ReadOnlySpan<byte> body, ReadOnlySpan<byte> personal)
    {
        try
        {
            return DomainJson.Read<CaseEvent>(format == LogFormat.Plain ? body : LogBody.Join(format, body, personal));
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or FormatException or ArgumentException or InvalidOperationException or ArithmeticException)
        {
            return Unreadable(seq, failure.Message);
        }
    }

    public static CaseEvent.EventSetAside Unreadable(long seq, string reason) => new(seq, $"it cannot be read: {reason}");
}
