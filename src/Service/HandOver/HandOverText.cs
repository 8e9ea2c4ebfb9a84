using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Dunning.Service.Rendering;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler.Resolvers;

namespace Dunning.Service.HandOver;

/// <summary>
/// The texts of a hand-over, Markdown inside the program. They are not among those creditors change: what is handed to a court or a lawyer says the same for all.
/// </summary>
internal static partial class HandOverText
{
    private static readonly IHandlebars Engine = Handlebars.Create(new HandlebarsConfiguration
    {
        TextEncoder = ValueEncoder.Markdown,
        ExpressionNameResolver = new UpperCamelCaseExpressionNameResolver(),
        ThrowOnUnresolvedBindingExpression = true,
    });

    private static readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> Compiled = new(StringComparer.Ordinal);

    /// <param name="name">"summary.fr".</param>
    public static string Fill(string name, object values) => BlankLines().Replace(Compiled.GetOrAdd(name, Compile)(values), "\n\n").Trim('\n');

    private static HandlebarsTemplate<object, object> Compile(string name)
    {
        using var stream = typeof(HandOverText).Assembly.GetManifestResourceStream($"{name}.md") ?? throw new InvalidOperationException($"The program was built without {name}.md.");
        using var reader = new StreamReader(stream);
        return Engine.Compile(reader.ReadToEnd());
    }

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
