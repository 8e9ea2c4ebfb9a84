using System.CommandLine;
using System.CommandLine.Parsing;

namespace Dunning.Local.Commands;

/// <summary>An act on cases: the same as over HTTP, by a running host, under its checks.</summary>
internal abstract class HostAct : Act
{
    private readonly Surroundings _around;
    private readonly Option<string?> _key;

    protected HostAct(string name, string description, Surroundings around, ProgramOptions options, params string[] examples)
        : base(name, description, around, examples)
    {
        (_around, _key) = (around, options.Key);
        Add(Url);
        Validators.Add(NeedsKey);
    }

    protected Option<Uri?> Url { get; } = Values.Address("--url", "Where the host is, here or on Azure (http://localhost:7071).");

    protected virtual bool AsksHost(CommandResult given) => true;

    /// <exception cref="NoHost">When it is asked.</exception>
    protected RunningHost Host(ParseResult parsed) => new(parsed.GetValue(Url) ?? new("http://localhost:7071"), Key(parsed.GetValue(_key))!);

    private string? Key(string? given) => given ?? _around.Variable("DUNNING_KEY");

    private void NeedsKey(CommandResult given)
    {
        if (!AsksHost(given))
            return;
        if (Key(given.GetValue(_key)) is not { Length: > 0 } key)
            given.AddError("A key is needed: --key, or DUNNING_KEY.");
        else if (key.Any(c => c is <= ' ' or > '~'))
            given.AddError("The key (--key, DUNNING_KEY) holds a character no key has.");
    }
}
