using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Models;
using Dunning.StandIns;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    private readonly TableAccount _account;
    private readonly TableClientOptions _options;

    protected TableServiceClient()
    {
    }

    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    public TableServiceClient(string connectionString, TableClientOptions options = null)
        : this(TableAccount.EndpointOf(connectionString), options)
    {
    }

    public TableServiceClient(Uri endpoint, TableClientOptions options = null) => (_account, _options) = (TableAccount.At(endpoint), options ?? new());

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options)
        : this(endpoint, options) => ArgumentNullException.ThrowIfNull(credential);

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(endpoint, options) => ArgumentNullException.ThrowIfNull(tokenCredential);

    public virtual Uri Uri => _account.Endpoint;

    public static string CreateQueryFilter(FormattableString filter) => FilterText.Of(filter);

    public static string CreateQueryFilter(Expression<Func<TableItem, bool>> filter) => FilterText.Of(filter);

    public virtual TableClient GetTableClient(string tableName) => new(_account, tableName, _options);

    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateAsync(cancellationToken);

    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default)
    {
        var items = _account.TableNames().Select(name => new TableItem(name)).ToList();
        return AsyncPageable<TableItem>.FromPages([Page<TableItem>.FromValues(items, null, new StoredResponse(200))]);
    }
}
