namespace Dunning.Local.Store;

/// <summary>Something to write, and whoever waits for it. Its answer is given only once it is durable.</summary>
internal abstract class Operation(int bytes)
{
    public int Bytes { get; } = bytes;

    public abstract void Run(Connection connection);

    public abstract void Complete();

    public abstract void Fail(Exception failure);
}

internal sealed class Operation<T>(Func<Connection, T> work, int bytes, Action<T>? once) : Operation(bytes)
{
    // The writer must not run what its callers do next.
    private readonly TaskCompletionSource<T> _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Outcome => _waiting.Task;

    public override void Run(Connection connection) => _result = work(connection);

    public override void Complete()
    {
        once?.Invoke(_result);
        _waiting.SetResult(_result);
    }

    public override void Fail(Exception failure) => _waiting.SetException(failure);
}
