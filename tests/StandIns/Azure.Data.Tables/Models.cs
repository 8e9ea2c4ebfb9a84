using Azure.Core;

namespace Azure.Data.Tables
{
    public interface ITableEntity
    {
        string PartitionKey { get; set; }

        string RowKey { get; set; }

        DateTimeOffset? Timestamp { get; set; }

        ETag ETag { get; set; }
    }

    public enum TableUpdateMode
    {
        Merge = 0,
        Replace = 1,
    }

    public enum TableTransactionActionType
    {
        Add = 0,
        UpdateMerge = 1,
        UpdateReplace = 2,
        Delete = 3,
        UpsertMerge = 4,
        UpsertReplace = 5,
    }

    public class TableTransactionAction
    {
        public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
            : this(actionType, entity, default)
        {
        }

        public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default) =>
            (ActionType, Entity, ETag) = (actionType, entity, etag);

        public TableTransactionActionType ActionType { get; }

        public ITableEntity Entity { get; }

        public ETag ETag { get; }
    }

    public class TableTransactionFailedException : RequestFailedException
    {
        public TableTransactionFailedException(RequestFailedException requestFailedException)
            : base(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException.InnerException)
        {
            // The service starts its message with the number of the action.
            var colon = requestFailedException.Message.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && int.TryParse(requestFailedException.Message[..colon], out var index))
                FailedTransactionActionIndex = index;
        }

        public int? FailedTransactionActionIndex { get; }
    }

    public class TableSharedKeyCredential
    {
        public TableSharedKeyCredential(string accountName, string accountKey)
        {
            ArgumentException.ThrowIfNullOrEmpty(accountName);
            ArgumentException.ThrowIfNullOrEmpty(accountKey);
            AccountName = accountName;
        }

        public string AccountName { get; }
    }

    public class TableClientOptions : ClientOptions
    {
        public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
        {
        }

        public bool EnableTenantDiscovery { get; set; }

        public enum ServiceVersion
        {
            V2019_02_02 = 1,
            V2020_12_06 = 2,
        }
    }
}

namespace Azure.Data.Tables.Models
{
    public class TableItem
    {
        public TableItem(string name) => Name = name;

        public string Name { get; }
    }

    public readonly struct TableErrorCode : IEquatable<TableErrorCode>
    {
        private readonly string _value;

        public TableErrorCode(string value) => _value = value;

        public static TableErrorCode CommandsInBatchActOnDifferentPartitions => new("CommandsInBatchActOnDifferentPartitions");

        public static TableErrorCode EntityAlreadyExists => new("EntityAlreadyExists");

        public static TableErrorCode EntityNotFound => new("EntityNotFound");

        public static TableErrorCode EntityTooLarge => new("EntityTooLarge");

        public static TableErrorCode InvalidDuplicateRow => new("InvalidDuplicateRow");

        public static TableErrorCode InvalidInput => new("InvalidInput");

        public static TableErrorCode KeyValueTooLarge => new("KeyValueTooLarge");

        public static TableErrorCode OutOfRangeInput => new("OutOfRangeInput");

        public static TableErrorCode PropertiesNeedValue => new("PropertiesNeedValue");

        public static TableErrorCode PropertyNameInvalid => new("PropertyNameInvalid");

        public static TableErrorCode PropertyNameTooLong => new("PropertyNameTooLong");

        public static TableErrorCode PropertyValueTooLarge => new("PropertyValueTooLarge");

        public static TableErrorCode ResourceNotFound => new("ResourceNotFound");

        public static TableErrorCode TableAlreadyExists => new("TableAlreadyExists");

        public static TableErrorCode TableNotFound => new("TableNotFound");

        public static TableErrorCode TooManyProperties => new("TooManyProperties");

        public static TableErrorCode UpdateConditionNotSatisfied => new("UpdateConditionNotSatisfied");

        public static implicit operator TableErrorCode(string value) => new(value);

        public static bool operator ==(TableErrorCode left, TableErrorCode right) => left.Equals(right);

        public static bool operator !=(TableErrorCode left, TableErrorCode right) => !left.Equals(right);

        public static bool operator ==(TableErrorCode code, string value) => value is not null && code.Equals(value);

        public static bool operator !=(TableErrorCode code, string value) => !(code == value);

        public static bool operator ==(string value, TableErrorCode code) => code == value;

        public static bool operator !=(string value, TableErrorCode code) => !(code == value);

        public bool Equals(TableErrorCode other) => string.Equals(_value, other._value, StringComparison.InvariantCultureIgnoreCase);

        public override bool Equals(object obj) => obj is TableErrorCode other && Equals(other);

        public override int GetHashCode() => _value?.GetHashCode(StringComparison.InvariantCultureIgnoreCase) ?? 0;

        public override string ToString() => _value;
    }
}
