using System.Runtime.CompilerServices;

namespace Dunning.Functions.Store;

internal static class Chunks
{
    /// <summary>As they come, some at a time; the last ones may be fewer.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> Chunked<T>(this IAsyncEnumerable<T> items, int size, [EnumeratorCancellation] CancellationToken ct)
    {
        var chunk = new List<T>(size);
        await foreach (var item in items.WithCancellation(ct))
        {
            chunk.Add(item);
            if (chunk.Count < size)
                continue;
            yield return chunk;
            chunk = new(size);
        }
        if (chunk.Count > 0)
            yield return chunk;
    }
}
