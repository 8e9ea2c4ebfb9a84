using System.Collections.Concurrent;
using Dunning.StandIns;

namespace Azure.Communication.Email;

/// <summary>A message the service took.</summary>
public sealed record SentEmail(string OperationId, EmailMessage Message);

/// <summary>A communication service in memory, one per endpoint. Not part of the package: tests take hold of it with <see cref="At(Uri)"/>.</summary>
public sealed class EmailService
{
    private static readonly ConcurrentDictionary<string, EmailService> Services = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private readonly List<SentEmail> _sent = [];
    private readonly Dictionary<string, EmailSendStatus> _operations = new(StringComparer.OrdinalIgnoreCase);

    public Wire Wire { get; } = new();

    /// <summary>What becomes of an operation by default.</summary>
    public EmailSendStatus Outcome { get; set; } = EmailSendStatus.Succeeded;

    /// <summary>False, the worst case: what the real service does with an operation id it has seen is not documented.</summary>
    public bool SendsAnIdOnce { get; set; }

    /// <summary>Every message taken, in order.</summary>
    public IReadOnlyList<SentEmail> Sent
    {
        get
        {
            lock (_lock)
                return [.. _sent];
        }
    }

    public static EmailService At(Uri endpoint) => Services.GetOrAdd(endpoint.GetLeftPart(UriPartial.Authority), _ => new());

    public static EmailService At(string connectionString)
    {
        var endpoint = connectionString.Split(';').Select(p => p.Split('=', 2)).FirstOrDefault(p => string.Equals(p[0].Trim(), "endpoint", StringComparison.OrdinalIgnoreCase));
        return At(new Uri(endpoint?[1] ?? throw new InvalidOperationException("The connection string has no endpoint.")));
    }

    /// <summary>Lets an operation end otherwise than <see cref="Outcome"/> says.</summary>
    public void Decide(string operationId, EmailSendStatus status)
    {
        lock (_lock)
            _operations[operationId] = status;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _sent.Clear();
            _operations.Clear();
        }
        Wire.Forget();
        (Wire.Before, Wire.After) = (null, null);
    }

    internal bool Accept(string id, EmailMessage message)
    {
        lock (_lock)
        {
            if (!_operations.TryAdd(id, Outcome) && SendsAnIdOnce)
                return false;
            _sent.Add(new(id, message));
            return true;
        }
    }

    internal EmailSendStatus StatusOf(string id)
    {
        lock (_lock)
            return _operations.TryGetValue(id, out var status) ? status : throw Wire.Failure(404, "OperationNotFound");
    }
}
