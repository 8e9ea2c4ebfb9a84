using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Azure.Core;
using Azure.Data.Tables.Models;
using Dunning.StandIns;

namespace Azure.Data.Tables;

public class TableClient
{
    private readonly TableAccount _account;
    private readonly TableClientOptions _options;

    protected TableClient()
    {
    }

    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    public TableClient(string connectionString, string tableName, TableClientOptions options = null)
        : this(TableAccount.At(connectionString), tableName, options)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions options = null)
        : this(TableAccount.At(endpoint), tableName, options) => ArgumentNullException.ThrowIfNull(credential);

    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(TableAccount.At(endpoint), tableName, options) => ArgumentNullException.ThrowIfNull(tokenCredential);

    internal TableClient(TableAccount account, string tableName, TableClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        (_account, Name, _options) = (account, tableName, options ?? new());
    }

    public virtual string Name { get; }

    public virtual string AccountName => _account.Endpoint.Host.Split('.')[0];

    public virtual Uri Uri => new($"{_account.Endpoint.ToString().TrimEnd('/')}/{Name}");

    public static string CreateQueryFilter(FormattableString filter) => FilterText.Of(filter);

    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => FilterText.Of(filter);

    public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) => Send(
        "Create", "", 1, cancellationToken, () => _account.CreateTable(Name)
            ? Response.FromValue(new TableItem(Name), new StoredResponse(201))
            : throw Rules.Refusal(409, "TableAlreadyExists"));

    public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) => Send(
        "CreateIfNotExists", "", 1, cancellationToken, () => Response.FromValue(new TableItem(Name), new StoredResponse(_account.CreateTable(Name) ? 201 : 409)));

    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) => Send<Response>(
        "Delete", "", 1, cancellationToken, () => new StoredResponse(_account.DeleteTable(Name) ? 204 : 404));

    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity => Write("AddEntity", new(TableTransactionActionType.Add, entity), cancellationToken);

    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => Write("UpsertEntity", new(
            mode == TableUpdateMode.Merge ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace, entity), cancellationToken);

    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default)
            throw new ArgumentException("Value cannot be empty.", nameof(ifMatch));
        return Write("UpdateEntity", new(
            mode == TableUpdateMode.Merge ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace, entity, ifMatch), cancellationToken);
    }

    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    /// <remarks>As the package: a row that is not there is no exception, the answer has status 404.</remarks>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        try
        {
            return await Write("DeleteEntity", new(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ifMatch), cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return new StoredResponse(404);
        }
    }

    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => await Get(partitionKey, rowKey, cancellationToken) is { } row
            ? Response.FromValue(Mapping.Read<T>(row, select), new StoredResponse(200, row.ETag))
            : throw Rules.Refusal(404, "ResourceNotFound", "The specified resource does not exist.");

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => await Get(partitionKey, rowKey, cancellationToken) is { } row
            ? Response.FromValue(Mapping.Read<T>(row, select), new StoredResponse(200, row.ETag))
            : new Missing<T>();

    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => QueryAsync<T>(FilterText.Of(filter), maxPerPage, select, cancellationToken);

    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => new Pages<T>(this, filter, maxPerPage, select, cancellationToken);

    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var actions = transactionActions.ToList();
        if (actions.Count == 0)
            throw new InvalidOperationException("A transaction needs at least one action.");
        var done = await Send("SubmitTransaction", actions[0].Entity.PartitionKey, actions.Count, cancellationToken, () => _account.Do(Name, actions));
        IReadOnlyList<Response> each = [.. done.Zip(actions, (row, action) =>
            new StoredResponse(204, action.ActionType == TableTransactionActionType.Delete ? null : row.ETag))];
        return Response.FromValue(each, new StoredResponse(202));
    }

    private async Task<Response> Write(string operation, TableTransactionAction action, CancellationToken cancellation)
    {
        var entity = action.Entity ?? throw new ArgumentNullException(nameof(action), "The entity is null.");
        var row = await Send(operation, $"{entity.PartitionKey}/{entity.RowKey}", 1, cancellation, () => _account.Do(Name, action));
        return new StoredResponse(204, action.ActionType == TableTransactionActionType.Delete ? null : row.ETag);
    }

    private Task<Row> Get(string partitionKey, string rowKey, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return Send("GetEntity", $"{partitionKey}/{rowKey}", 1, cancellation, () => _account.Get(Name, partitionKey, rowKey));
    }

    private Task<T> Send<T>(string operation, string key, int entities, CancellationToken cancellation, Func<T> effect) =>
        _account.Wire.Send(new(operation, Name, key, entities), _options.Retry, cancellation, effect);

    private sealed class Missing<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("Value is not available: the response has none.");

        public override Response GetRawResponse() => new StoredResponse(404);
    }

    private sealed class Pages<T>(TableClient client, string filter, int? perPage, IEnumerable<string> select, CancellationToken cancellation) : AsyncPageable<T>(cancellation)
        where T : class, ITableEntity
    {
        private const char Separator = '\n';

        public override async IAsyncEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null)
        {
            var most = pageSizeHint ?? perPage ?? Rules.LargestPage;
            var token = continuationToken;
            if (token is null && client._account.BeginsWithEmptyPage)
            {
                await client.Send("Query", filter, 0, CancellationToken, () => true);
                token = $"{Separator}";
                yield return Page<T>.FromValues([], token, new StoredResponse(200));
            }
            do
            {
                var from = token?.Split(Separator) is [var partition, var row] ? (partition, row) : ((string, string)?)null;
                var (page, next) = await client.Send("Query", filter, 1, CancellationToken, () => most is > 0 and <= Rules.LargestPage
                    ? client._account.Query(client.Name, Filter.Parse(filter), Math.Min(most, client._account.LargestPage), from)
                    : throw Rules.Refusal(400, "InvalidInput"));
                token = next is var (p, r) ? $"{p}{Separator}{r}" : null;
                yield return Page<T>.FromValues([.. page.Select(found => Mapping.Read<T>(found, select))], token, new StoredResponse(200));
            }
            while (token is not null);
        }
    }
}
