using Azure;
using Azure.Data.Tables;

namespace Dunning.Functions.Store;

/// <summary>
/// Rows of one partition that are written together or not at all: at most 100 of them, at most 4 MiB. What a case writes at once is its row, an event
/// or a few, a message, a fact and a receipt; long texts are in blobs. More than fits is refused whole, never split: half of it might stay.
/// </summary>
internal sealed class Batch(TableClient table)
{
    public const int MostRows = 100;

    // The service counts what is sent, in JSON: this leaves room for its envelopes.
    private const int MostBytes = 3 * 1024 * 1024;
    private const int Envelope = 600;

    private readonly List<TableTransactionAction> _actions = [];

    public void Add(TableEntity row) => _actions.Add(new(TableTransactionActionType.Add, row));

    public void Put(TableEntity row) => _actions.Add(new(TableTransactionActionType.UpsertReplace, row));

    public void Replace(TableEntity row, ETag ifMatch) => _actions.Add(new(TableTransactionActionType.UpdateReplace, row, ifMatch));

    public void Merge(TableEntity row, ETag ifMatch) => _actions.Add(new(TableTransactionActionType.UpdateMerge, row, ifMatch));

    /// <summary>
    /// The ETag of the first row once all are written, or null when a condition did not hold. The client's own retries can make a success look like
    /// a refusal, and a lost answer like a failure: what is there is looked at before either is believed.
    /// </summary>
    /// <param name="isThere">Whether the rows are those of this very batch.</param>
    public async Task<Written?> Submit(Func<Task<bool>> isThere)
    {
        Check();
        try
        {
            // Not cancellable: nobody could say whether it happened.
            var responses = await table.SubmitTransactionAsync(_actions, CancellationToken.None);
            return new(responses.Value[0].Headers.ETag);
        }
        catch (RequestFailedException refused) when (refused.IsRefusal())
        {
            return await isThere() ? new(null) : null;
        }
        catch (Exception failure) when (failure.IsUnavailable())
        {
            if (await isThere())
                return new(null);
            throw;
        }
    }

    private void Check()
    {
        if (_actions.Count > MostRows)
            throw new InvalidOperationException($"{_actions.Count} rows of a case were to be written at once; {MostRows} is the most.");
        var bytes = _actions.Sum(a => Envelope + ((TableEntity)a.Entity).Sum(p => p.Key.Length + Bytes(p.Value)));
        if (bytes > MostBytes)
            throw new InvalidOperationException($"{bytes} bytes of a case were to be written at once; {MostBytes} is the most.");
    }

    // As JSON: other than ASCII is written as \u0000, and so are quotes.
    private static int Bytes(object? value) => value switch
    {
        string text => text.Sum(c => char.IsAscii(c) && c is not ('"' or '\\' or '<' or '>' or '&' or '\'' or '+') ? 1 : 6),
        byte[] bytes => bytes.Length * 2,
        _ => 40,
    };
}

/// <summary>A batch that is stored. The ETag is null when the answer was lost and the rows were found there.</summary>
internal sealed record Written(ETag? ETag);
