namespace Dunning.Functions.Store;

internal static class Merging
{
    /// <summary>Sequences that are each in the order of a key, as one in that order. The first of each are asked for at the same time.</summary>
    public static async IAsyncEnumerable<T> Merge<T>(IReadOnlyList<IAsyncEnumerator<T>> sequences, Func<T, string> key)
    {
        try
        {
            var queue = new PriorityQueue<IAsyncEnumerator<T>, string>(StringComparer.Ordinal);
            foreach (var sequence in await Task.WhenAll(sequences.Select(async s => await s.MoveNextAsync() ? s : null)))
                if (sequence is not null)
                    queue.Enqueue(sequence, key(sequence.Current));
            while (queue.TryDequeue(out var first, out _))
            {
                yield return first.Current;
                if (await first.MoveNextAsync())
                    queue.Enqueue(first, key(first.Current));
            }
        }
        finally
        {
            foreach (var sequence in sequences)
                await sequence.DisposeAsync();
        }
    }
}
