using Azure.Core;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Dunning.StandIns;

namespace Azure.Storage.Blobs
{
    public class BlobServiceClient
    {
        private readonly BlobAccount _account;
        private readonly BlobClientOptions _options;

        protected BlobServiceClient()
        {
        }

        public BlobServiceClient(string connectionString)
            : this(connectionString, null)
        {
        }

        public BlobServiceClient(string connectionString, BlobClientOptions options) => (_account, _options) = (BlobAccount.At(connectionString), options ?? new());

        public BlobServiceClient(Uri serviceUri, TokenCredential credential, BlobClientOptions options = null) =>
            (_account, _options) = (BlobAccount.At(serviceUri), options ?? new());

        public virtual Uri Uri => _account.Endpoint;

        public virtual string AccountName => _account.Endpoint.Host.Split('.')[0];

        public virtual BlobContainerClient GetBlobContainerClient(string blobContainerName) => new(_account, blobContainerName, _options);

        public virtual Task<Response<UserDelegationKey>> GetUserDelegationKeyAsync(
            BlobGetUserDelegationKeyOptions options, CancellationToken cancellationToken = default) =>
            GetUserDelegationKeyAsync(options.StartsOn, options.ExpiresOn, cancellationToken);

        public virtual Task<Response<UserDelegationKey>> GetUserDelegationKeyAsync(
            DateTimeOffset? startsOn, DateTimeOffset expiresOn, CancellationToken cancellationToken = default) => _account.Wire.Send(
                new("GetUserDelegationKey", "", "", 1), _options.Retry, cancellationToken, () =>
                {
                    var now = _account.Clock.GetUtcNow();
                    return expiresOn > now + TimeSpan.FromDays(7)
                        ? throw Wire.Failure(400, "InvalidXmlNodeValue")
                        : Response.FromValue(new UserDelegationKey(startsOn ?? now, expiresOn), new StoredResponse(200));
                });
    }

    public class BlobContainerClient
    {
        private readonly BlobAccount _account;
        private readonly BlobClientOptions _options;

        protected BlobContainerClient()
        {
        }

        public BlobContainerClient(string connectionString, string blobContainerName)
            : this(connectionString, blobContainerName, null)
        {
        }

        public BlobContainerClient(string connectionString, string blobContainerName, BlobClientOptions options)
            : this(BlobAccount.At(connectionString), blobContainerName, options)
        {
        }

        internal BlobContainerClient(BlobAccount account, string name, BlobClientOptions options) => (_account, Name, _options) = (account, name, options ?? new());

        public virtual string Name { get; }

        public virtual string AccountName => _account.Endpoint.Host.Split('.')[0];

        public virtual Uri Uri => new($"{_account.Endpoint.ToString().TrimEnd('/')}/{Name}");

        public virtual BlobClient GetBlobClient(string blobName) => new(_account, Name, blobName, _options);

        public virtual Task<Response<BlobContainerInfo>> CreateIfNotExistsAsync(
            PublicAccessType publicAccessType = PublicAccessType.None, IDictionary<string, string> metadata = null,
            BlobContainerEncryptionScopeOptions encryptionScopeOptions = null, CancellationToken cancellationToken = default) => Send(
                "CreateIfNotExists", "", cancellationToken, () => _account.Create(Name)
                    ? Response.FromValue(new BlobContainerInfo(new("\"0x1\"")), new StoredResponse(201))
                    : null);

        public virtual Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default) =>
            Send("Exists", "", cancellationToken, () => Response.FromValue(_account.Exists(Name), new StoredResponse(200)));

        public virtual Task<Response<bool>> DeleteBlobIfExistsAsync(
            string blobName, DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None, BlobRequestConditions conditions = null,
            CancellationToken cancellationToken = default) => GetBlobClient(blobName).DeleteIfExistsAsync(snapshotsOption, conditions, cancellationToken);

        public virtual AsyncPageable<BlobItem> GetBlobsAsync(BlobTraits traits, BlobStates states, string prefix, CancellationToken cancellationToken) =>
            GetBlobsAsync(new() { Traits = traits, States = states, Prefix = prefix }, cancellationToken);

        public virtual AsyncPageable<BlobItem> GetBlobsAsync(GetBlobsOptions options = null, CancellationToken cancellationToken = default)
        {
            var found = _account.List(Name, options?.Prefix).Select(b => new BlobItem
            {
                Name = b.Key,
                Metadata = options?.Traits.HasFlag(BlobTraits.Metadata) == true ? b.Value.Metadata : null,
                Properties = new()
                {
                    ContentLength = b.Value.Content.ToMemory().Length,
                    ContentType = b.Value.Headers.ContentType,
                    ETag = b.Value.ETag,
                    LastModified = b.Value.LastModified,
                    CreatedOn = b.Value.CreatedOn,
                },
            }).ToList();
            return AsyncPageable<BlobItem>.FromPages([Page<BlobItem>.FromValues(found, null, new StoredResponse(200))]);
        }

        private Task<T> Send<T>(string operation, string key, CancellationToken cancellation, Func<T> effect) =>
            _account.Wire.Send(new(operation, Name, key, 1), _options.Retry, cancellation, effect);
    }

    public class BlobClient : BlobBaseClient
    {
        protected BlobClient()
        {
        }

        public BlobClient(string connectionString, string blobContainerName, string blobName)
            : this(connectionString, blobContainerName, blobName, null)
        {
        }

        public BlobClient(string connectionString, string blobContainerName, string blobName, BlobClientOptions options)
            : this(BlobAccount.At(connectionString), blobContainerName, blobName, options ?? new())
        {
        }

        internal BlobClient(BlobAccount account, string container, string name, BlobClientOptions options)
            : base(account, container, name, options)
        {
        }

        public virtual Task<Response<BlobContentInfo>> UploadAsync(BinaryData content) => UploadAsync(content, overwrite: false);

        public virtual Task<Response<BlobContentInfo>> UploadAsync(BinaryData content, CancellationToken cancellationToken) =>
            UploadAsync(content, overwrite: false, cancellationToken);

        public virtual Task<Response<BlobContentInfo>> UploadAsync(
            BinaryData content, bool overwrite = false, CancellationToken cancellationToken = default) =>
            UploadAsync(content, Options(overwrite), cancellationToken);

        public virtual Task<Response<BlobContentInfo>> UploadAsync(
            BinaryData content, BlobUploadOptions options, CancellationToken cancellationToken = default) => Send("Upload", cancellationToken, () =>
            {
                var blob = Account.Upload(BlobContainerName, Name, content, options ?? new());
                return Response.FromValue(new BlobContentInfo(blob.ETag), new StoredResponse(201, blob.ETag));
            });

        public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content) => UploadAsync(content, overwrite: false);

        public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content, CancellationToken cancellationToken) =>
            UploadAsync(content, overwrite: false, cancellationToken);

        public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content, bool overwrite = false, CancellationToken cancellationToken = default) =>
            UploadAsync(content, Options(overwrite), cancellationToken);

        public virtual async Task<Response<BlobContentInfo>> UploadAsync(
            Stream content, BlobUploadOptions options, CancellationToken cancellationToken = default) =>
            await UploadAsync(await BinaryData.FromStreamAsync(content, cancellationToken), options, cancellationToken);

        private static BlobUploadOptions Options(bool overwrite) => new() { Conditions = overwrite ? null : new() { IfNoneMatch = ETag.All } };
    }
}

namespace Azure.Storage.Blobs.Models
{
    public class BlobContainerEncryptionScopeOptions
    {
    }
}

namespace Azure.Storage.Blobs.Specialized
{
    public class BlobBaseClient
    {
        private readonly BlobClientOptions _options;

        protected BlobBaseClient()
        {
        }

        internal BlobBaseClient(BlobAccount account, string container, string name, BlobClientOptions options) =>
            (Account, BlobContainerName, Name, _options) = (account, container, name, options);

        public virtual string BlobContainerName { get; }

        public virtual string Name { get; }

        public virtual Uri Uri => new($"{Account.Endpoint.ToString().TrimEnd('/')}/{BlobContainerName}/{Uri.EscapeDataString(Name).Replace("%2F", "/", StringComparison.Ordinal)}");

        internal BlobAccount Account { get; }

        public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync() => DownloadContentAsync(default);

        public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync(CancellationToken cancellationToken) => Send("DownloadContent", cancellationToken, () =>
        {
            var blob = Account.Get(BlobContainerName, Name);
            var details = new BlobDownloadDetails
            {
                ContentLength = blob.Content.ToMemory().Length,
                ContentType = blob.Headers.ContentType,
                ContentDisposition = blob.Headers.ContentDisposition,
                Metadata = blob.Metadata,
                ETag = blob.ETag,
                LastModified = blob.LastModified,
            };
            return Response.FromValue(new BlobDownloadResult { Content = blob.Content, Details = details }, new StoredResponse(200, blob.ETag));
        });

        public virtual Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default) => Send(
            "Exists", cancellationToken, () => Response.FromValue(Account.Find(BlobContainerName, Name) is not null, new StoredResponse(200)));

        public virtual Task<Response<BlobProperties>> GetPropertiesAsync(
            BlobRequestConditions conditions = null, CancellationToken cancellationToken = default) => Send("GetProperties", cancellationToken, () =>
            {
                var blob = Account.Get(BlobContainerName, Name);
                var properties = new BlobProperties
                {
                    ContentLength = blob.Content.ToMemory().Length,
                    ContentType = blob.Headers.ContentType,
                    ContentDisposition = blob.Headers.ContentDisposition,
                    Metadata = blob.Metadata,
                    ETag = blob.ETag,
                    LastModified = blob.LastModified,
                    CreatedOn = blob.CreatedOn,
                };
                return Response.FromValue(properties, new StoredResponse(200, blob.ETag));
            });

        public virtual Task<Response<BlobInfo>> SetMetadataAsync(
            IDictionary<string, string> metadata, BlobRequestConditions conditions = null, CancellationToken cancellationToken = default) => Send(
                "SetMetadata", cancellationToken, () =>
                {
                    var blob = Account.SetMetadata(BlobContainerName, Name, metadata, conditions);
                    return Response.FromValue(new BlobInfo(blob.ETag), new StoredResponse(200, blob.ETag));
                });

        public virtual Task<Response<bool>> DeleteIfExistsAsync(
            DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None, BlobRequestConditions conditions = null,
            CancellationToken cancellationToken = default) => Send("DeleteIfExists", cancellationToken, () =>
            {
                var deleted = Account.Delete(BlobContainerName, Name, conditions);
                return Response.FromValue(deleted, new StoredResponse(deleted ? 202 : 404));
            });

        public virtual async Task<Stream> OpenReadAsync(
            long position = 0, int? bufferSize = null, BlobRequestConditions conditions = null, CancellationToken cancellationToken = default)
        {
            var content = (await DownloadContentAsync(cancellationToken)).Value.Content.ToStream();
            content.Position = position;
            return content;
        }

        public virtual Uri GenerateUserDelegationSasUri(BlobSasPermissions permissions, DateTimeOffset expiresOn, UserDelegationKey userDelegationKey) =>
            GenerateUserDelegationSasUri(new(permissions, expiresOn), userDelegationKey);

        public virtual Uri GenerateUserDelegationSasUri(BlobSasBuilder builder, UserDelegationKey userDelegationKey)
        {
            if (builder.ExpiresOn > userDelegationKey.SignedExpiresOn)
                throw new ArgumentException("The link would outlive its key.", nameof(builder));
            return new($"{Uri}?sr=b&se={Uri.EscapeDataString(builder.ExpiresOn.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture))}&sig=stand-in");
        }

        internal Task<T> Send<T>(string operation, CancellationToken cancellation, Func<T> effect) =>
            Account.Wire.Send(new(operation, BlobContainerName, Name, 1), _options.Retry, cancellation, effect);
    }
}
