using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Dunning.Service.Rendering;

/// <summary>A value as a text names it: <c>invoice.dueDate</c> of <see cref="TextValues"/>, or a name of a list's element.</summary>
internal sealed record TextName(string Path, IReadOnlyList<PropertyInfo> Steps, Type Type)
{
    private static readonly ConcurrentDictionary<(Type, string), TextName?> Known = new();

    public bool IsText => Type == typeof(string);

    public bool TellsAmount => Steps is [.., var last] && last.GetCustomAttribute<TellsAmountAttribute>() is not null;

    /// <summary>What the elements are when this is a list.</summary>
    public Type? Element => Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Type.GetGenericArguments()[0] : null;

    /// <summary>Null when there is no such value.</summary>
    public static TextName? Find(Type scope, string path) => Known.GetOrAdd((scope, path), static key => Look(key.Item1, key.Item2));

    /// <summary>Null when any part of the way is absent.</summary>
    public object? Of(object? value)
    {
        foreach (var step in Steps)
            if ((value = value is null ? null : step.GetValue(value)) is null)
                return null;
        return value;
    }

    /// <summary>As Handlebars has it: absent, false, blank and empty do not hold.</summary>
    public static bool Holds(object? value) => value switch
    {
        null or false => false,
        string text => text.Length > 0,
        ICollection list => list.Count > 0,
        _ => true,
    };

    private static TextName? Look(Type scope, string path)
    {
        if (path == "this")
            return scope == typeof(string) ? new(path, [], scope) : null;
        var (steps, type) = (new List<PropertyInfo>(), scope);
        foreach (var part in path.Split('.'))
        {
            if (type == typeof(string) || type.GetProperties().FirstOrDefault(p => Camel(p.Name) == part) is not { } property)
                return null;
            steps.Add(property);
            type = property.PropertyType;
        }
        return new(path, steps, type);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
