using System.Security.Cryptography;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Senders;

/// <summary>The id a provider is given for a message: derived from its key, or from what it is joined in, so that the same message always carries the same.</summary>
public static class OperationIds
{
    private static readonly Guid Namespace = new("6f6b0a3e-6d0b-5c1e-9f5d-1d6b7a2c8e40");

    /// <summary>A name-based UUID, version 5 (RFC 9562, section 5.5).</summary>
    public static Guid Of(MessageKey key) => Of(key.ToString());

    public static Guid Of(OutgoingMessage message) => Of(message.Identity);

    private static Guid Of(string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Version 5 is defined over SHA-1; nothing secret rests on it.
        SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}
