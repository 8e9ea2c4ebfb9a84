using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dunning.Service.Import;

/// <summary>JSON lines: each line the body of one registration, handed on as it is.</summary>
internal static class JsonLines
{
    // A name written twice would leave it to chance which amount is meant.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static async IAsyncEnumerable<ImportLine> Read(LedgerText text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(text, new StreamPipeReaderOptions(leaveOpen: true));
        for (var number = 0; ;)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var rest = result.Buffer;
            while (TryTake(ref rest, result.IsCompleted, out var line))
                if (Convert(++number, line.IsSingleSegment ? line.FirstSpan : line.ToArray()) is { } converted)
                    yield return converted;
            pipe.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
                break;
        }
        await pipe.CompleteAsync();
    }

    private static bool TryTake(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        line = rest;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }
        if (!last || rest.IsEmpty)
            return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static ImportLine? Convert(int number, ReadOnlySpan<byte> line)
    {
        if (line.Length > LedgerText.MaxLine)
            return ImportLine.Whole(number, "lineTooLong", "The line is longer than 64 KB.");
        if (line.Trim(" \t\r"u8).IsEmpty)
            return null;
        if (LedgerEncoding.HasReplacement(line))
            return ImportLine.Whole(number, "unreadableText", "The line holds characters that were lost or are not valid UTF-8.");
        try
        {
            RefuseHalfCharacters(line);
            return JsonElement.Parse(line, Strict) is { ValueKind: JsonValueKind.Object } body
                ? new ImportLine.Read(number, body)
                : ImportLine.Whole(number, "notAnObject", "The line is not a JSON object.");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            var where = malformed is JsonException { BytePositionInLine: { } position } ? $" at byte {position + 1}" : "";
            return ImportLine.Whole(number, "malformedJson", $"The line is not valid JSON{where}.");
        }
    }

    /// <summary>An escaped half of a surrogate pair parses, and would throw only when somebody reads that string.</summary>
    private static void RefuseHalfCharacters(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("\\u"u8) < 0)
            return;
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                reader.GetString();
    }
}
