using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dunning.Service.Delivery.Mail;

/// <summary>Reads replies of one or several lines (RFC 5321 4.2.1) and refuses what no honest server sends.</summary>
/// <exception cref="IOException">The connection ended.</exception>
/// <exception cref="InvalidDataException">What came is not a reply, or too much of one.</exception>
internal sealed partial class SmtpReplyReader(Stream stream)
{
    // RFC 5321 4.5.3.1.5 allows 512 octets; some servers say more, none says this much.
    private const int LongestLine = 2_000;
    private const int MostLines = 100;
    private readonly byte[] _buffer = new byte[4_096];
    private int _start;
    private int _end;

    internal void MustBeEmpty()
    {
        if (_start < _end) throw new InvalidDataException("the server spoke before it was asked");
    }

    internal async Task<SmtpReply> Read(CancellationToken cancel)
    {
        var said = new List<string>();
        while (said.Count < MostLines)
        {
            var line = await Line(cancel);
            if (!ReplyLine().IsMatch(line)) throw new InvalidDataException("the server's answer is not SMTP");
            if (said.Count > 0 && line[..3] != said[0][..3]) throw new InvalidDataException("the server's answer changes its code half-way");
            said.Add(line);
            if (line.Length > 3 && line[3] == '-') continue;
            return new SmtpReply(int.Parse(line[..3], CultureInfo.InvariantCulture), [.. said.Select(l => l.Length > 4 ? l[4..] : "")]);
        }

        throw new InvalidDataException("the server's answer has no end");
    }

    private async Task<string> Line(CancellationToken cancel)
    {
        var line = new List<byte>();
        while (line.Count <= LongestLine)
        {
            if (_start == _end) await Fill(cancel);
            var octet = _buffer[_start++];
            if (octet == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(octet);
        }

        throw new InvalidDataException("the server's answer has a line without end");
    }

    private async Task Fill(CancellationToken cancel)
    {
        _start = 0;
        _end = 0;
        _end = await stream.ReadAsync(_buffer, cancel);
        if (_end == 0) throw new IOException("the server closed the connection");
    }

    [GeneratedRegex("^[2-5][0-9][0-9]([ -]|$)")]
    private static partial Regex ReplyLine();
}
