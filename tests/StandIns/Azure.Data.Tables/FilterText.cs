using System.Globalization;
using System.Linq.Expressions;
using System.Xml;

namespace Azure.Data.Tables;

/// <summary>Filters written out: from interpolated text with its values quoted, or from an expression.</summary>
internal static class FilterText
{
    public static string Of(FormattableString filter) => filter is null
        ? null
        : string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(Literal)]);

    public static string Of(LambdaExpression filter) => Write(filter.Body);

    private static string Literal(object value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        long or ulong => string.Create(CultureInfo.InvariantCulture, $"{value}L"),
        sbyte or byte or short or ushort or int or uint or decimal or float or double => Convert.ToString(value, CultureInfo.InvariantCulture),
        Guid guid => $"guid'{guid}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData binary => $"X'{Convert.ToHexString(binary.ToArray())}'",
        DateTimeOffset instant => $"datetime'{XmlConvert.ToString(instant.UtcDateTime, XmlDateTimeSerializationMode.RoundtripKind)}'",
        DateTime instant => $"datetime'{XmlConvert.ToString(instant.ToUniversalTime(), XmlDateTimeSerializationMode.RoundtripKind)}'",
        string or char or System.Text.StringBuilder => $"'{value.ToString().Replace("'", "''", StringComparison.Ordinal)}'",
        _ => throw new ArgumentException($"Unable to convert argument of type {value.GetType()} to an OData literal."),
    };

    private static string Write(Expression expression) => expression switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => $"({Write(both.Left)}) and ({Write(both.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse } either => $"({Write(either.Left)}) or ({Write(either.Right)})",
        BinaryExpression { Left: MethodCallExpression call } compared when IsOrder(call) =>
            $"{Write(call.Object ?? call.Arguments[0])} {Sign(compared.NodeType)} {Write(call.Arguments[^1])}",
        BinaryExpression compared => $"{Write(compared.Left)} {Sign(compared.NodeType)} {Write(compared.Right)}",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"not ({Write(not.Operand)})",
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: MemberExpression { Expression: ParameterExpression } } converted => Write(converted.Operand),
        MemberExpression { Expression: ParameterExpression } property => property.Member.Name,
        _ => Literal(Expression.Lambda(expression).Compile().DynamicInvoke()),
    };

    private static bool IsOrder(MethodCallExpression call) => call.Method.Name is nameof(string.CompareTo) or nameof(string.Compare) or nameof(string.CompareOrdinal);

    private static string Sign(ExpressionType comparison) => comparison switch
    {
        ExpressionType.Equal => "eq",
        ExpressionType.NotEqual => "ne",
        ExpressionType.GreaterThan => "gt",
        ExpressionType.GreaterThanOrEqual => "ge",
        ExpressionType.LessThan => "lt",
        ExpressionType.LessThanOrEqual => "le",
        _ => throw new NotSupportedException($"{comparison} is not a filter of tables."),
    };
}
