using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs
{
    public class BlobClientOptions : ClientOptions
    {
        public BlobClientOptions(ServiceVersion version = ServiceVersion.V2026_06_06) => Version = version;

        public ServiceVersion Version { get; }

        public enum ServiceVersion
        {
            V2025_11_05 = 28,
            V2026_02_06 = 29,
            V2026_04_06 = 30,
            V2026_06_06 = 31,
        }
    }
}

namespace Azure.Storage.Blobs.Models
{
    public enum PublicAccessType
    {
        None,
        BlobContainer,
        Blob,
    }

    public enum DeleteSnapshotsOption
    {
        None,
        IncludeSnapshots,
        OnlySnapshots,
    }

    [Flags]
    public enum BlobTraits
    {
        None = 0,
        CopyStatus = 1,
        Metadata = 2,
        Tags = 4,
        ImmutabilityPolicy = 8,
        LegalHold = 16,
        All = 31,
    }

    [Flags]
    public enum BlobStates
    {
        None = 0,
        Snapshots = 1,
        Uncommitted = 2,
        Deleted = 4,
        Version = 8,
        DeletedWithVersions = 16,
        All = 31,
    }

    public enum BlobImmutabilityPolicyMode
    {
        Mutable,
        Unlocked,
        Locked,
    }

    public class BlobHttpHeaders
    {
        public string ContentType { get; set; }

        public byte[] ContentHash { get; set; }

        public string ContentEncoding { get; set; }

        public string ContentLanguage { get; set; }

        public string ContentDisposition { get; set; }

        public string CacheControl { get; set; }
    }

    public class BlobRequestConditions
    {
        public ETag? IfMatch { get; set; }

        public ETag? IfNoneMatch { get; set; }
    }

    public class BlobImmutabilityPolicy
    {
        public DateTimeOffset? ExpiresOn { get; set; }

        public BlobImmutabilityPolicyMode? PolicyMode { get; set; }
    }

    public class BlobUploadOptions
    {
        public BlobHttpHeaders HttpHeaders { get; set; }

        public IDictionary<string, string> Metadata { get; set; }

        public IDictionary<string, string> Tags { get; set; }

        public BlobRequestConditions Conditions { get; set; }

        public BlobImmutabilityPolicy ImmutabilityPolicy { get; set; }

        public bool? LegalHold { get; set; }
    }

    public class BlobContainerInfo
    {
        internal BlobContainerInfo(ETag etag) => ETag = etag;

        public ETag ETag { get; }
    }

    public class BlobContentInfo
    {
        internal BlobContentInfo(ETag etag) => ETag = etag;

        public ETag ETag { get; }
    }

    public class BlobInfo
    {
        internal BlobInfo(ETag etag) => ETag = etag;

        public ETag ETag { get; }
    }

    public class BlobProperties
    {
        internal BlobProperties()
        {
        }

        public long ContentLength { get; internal set; }

        public string ContentType { get; internal set; }

        public string ContentDisposition { get; internal set; }

        public IDictionary<string, string> Metadata { get; internal set; }

        public ETag ETag { get; internal set; }

        public DateTimeOffset LastModified { get; internal set; }

        public DateTimeOffset CreatedOn { get; internal set; }
    }

    public class BlobDownloadDetails
    {
        internal BlobDownloadDetails()
        {
        }

        public long ContentLength { get; internal set; }

        public string ContentType { get; internal set; }

        public string ContentDisposition { get; internal set; }

        public IDictionary<string, string> Metadata { get; internal set; }

        public ETag ETag { get; internal set; }

        public DateTimeOffset LastModified { get; internal set; }
    }

    public class BlobDownloadResult
    {
        internal BlobDownloadResult()
        {
        }

        public BlobDownloadDetails Details { get; internal set; }

        public BinaryData Content { get; internal set; }
    }

    public class BlobItem
    {
        internal BlobItem()
        {
        }

        public string Name { get; internal set; }

        public BlobItemProperties Properties { get; internal set; }

        public IDictionary<string, string> Metadata { get; internal set; }
    }

    public class BlobItemProperties
    {
        internal BlobItemProperties()
        {
        }

        public long? ContentLength { get; internal set; }

        public string ContentType { get; internal set; }

        public ETag? ETag { get; internal set; }

        public DateTimeOffset? LastModified { get; internal set; }

        public DateTimeOffset? CreatedOn { get; internal set; }
    }

    public class GetBlobsOptions
    {
        public BlobTraits Traits { get; set; }

        public BlobStates States { get; set; }

        public string Prefix { get; set; }
    }

    public class UserDelegationKey
    {
        internal UserDelegationKey(DateTimeOffset startsOn, DateTimeOffset expiresOn) => (SignedStartsOn, SignedExpiresOn) = (startsOn, expiresOn);

        public DateTimeOffset SignedStartsOn { get; }

        public DateTimeOffset SignedExpiresOn { get; }
    }

    public class BlobGetUserDelegationKeyOptions
    {
        public BlobGetUserDelegationKeyOptions(DateTimeOffset expiresOn) => ExpiresOn = expiresOn;

        public DateTimeOffset ExpiresOn { get; }

        public DateTimeOffset? StartsOn { get; set; }
    }

    public readonly struct BlobErrorCode : IEquatable<BlobErrorCode>
    {
        private readonly string _value;

        public BlobErrorCode(string value) => _value = value;

        public static BlobErrorCode BlobAlreadyExists => new("BlobAlreadyExists");

        public static BlobErrorCode BlobImmutableDueToPolicy => new("BlobImmutableDueToPolicy");

        public static BlobErrorCode BlobNotFound => new("BlobNotFound");

        public static BlobErrorCode ConditionNotMet => new("ConditionNotMet");

        public static BlobErrorCode ContainerAlreadyExists => new("ContainerAlreadyExists");

        public static BlobErrorCode ContainerNotFound => new("ContainerNotFound");

        public static implicit operator BlobErrorCode(string value) => new(value);

        public static bool operator ==(BlobErrorCode left, BlobErrorCode right) => left.Equals(right);

        public static bool operator !=(BlobErrorCode left, BlobErrorCode right) => !left.Equals(right);

        public bool Equals(BlobErrorCode other) => string.Equals(_value, other._value, StringComparison.InvariantCultureIgnoreCase);

        public override bool Equals(object obj) => obj is BlobErrorCode other && Equals(other);

        public override int GetHashCode() => _value?.GetHashCode(StringComparison.InvariantCultureIgnoreCase) ?? 0;

        public override string ToString() => _value;
    }
}

namespace Azure.Storage.Sas
{
    [Flags]
    public enum BlobSasPermissions
    {
        Read = 1,
        Add = 2,
        Create = 4,
        Write = 8,
        Delete = 16,
    }

    public enum SasProtocol
    {
        None = 0,
        HttpsAndHttp = 1,
        Https = 2,
    }

    public class BlobSasBuilder
    {
        public BlobSasBuilder(BlobSasPermissions permissions, DateTimeOffset expiresOn) => (ExpiresOn, Permissions) = (expiresOn, permissions.ToString());

        public SasProtocol Protocol { get; set; }

        public DateTimeOffset StartsOn { get; set; }

        public DateTimeOffset ExpiresOn { get; set; }

        public string Permissions { get; private set; }

        public string BlobContainerName { get; set; }

        public string BlobName { get; set; }

        public string Resource { get; set; }

        public string ContentDisposition { get; set; }

        public string ContentType { get; set; }
    }
}
