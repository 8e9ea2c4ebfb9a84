namespace Dunning.Service.Delivery.Mail;

/// <summary>RFC 5321 4.5.2: a line that begins with a dot gets a second one, so that no content can end the message early.</summary>
internal static class DotStuffing
{
    /// <summary>The content, its last line ended by CRLF, without the final dot.</summary>
    internal static byte[] Apply(ReadOnlySpan<byte> message)
    {
        var stuffed = new MemoryStream(message.Length + 64);
        var lineStart = true;
        foreach (var octet in message)
        {
            if (lineStart && octet == '.') stuffed.WriteByte((byte)'.');
            stuffed.WriteByte(octet);
            lineStart = octet == '\n';
        }

        if (!lineStart) stuffed.Write("\r\n"u8);
        return stuffed.ToArray();
    }
}
