using System.CommandLine;

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
    }

    protected Option<Uri?> Url { get; } = Values.Address("--url", "Where the host is, here or on Azure (http://localhost:7071).");

    public override IEnumerable<string> Misuse(ParseResult parsed)
    {
        if (!AsksHost(parsed))
            yield break;
        if (Key(parsed) is not { Length: > 0 } key)
            yield return "A key is needed: --key, or DUNNING_KEY.";
        else if (key.Any(c => c is <= ' ' or > '~'))
            yield return "The key (--key, DUNNING_KEY) holds a character no key has.";
    }

    protected virtual bool AsksHost(ParseResult parsed) => true;

    /// <exception cref="NoHost">When it is asked.</exception>
    protected RunningHost Host(ParseResult parsed, Screen screen)
    {
        var address = parsed.GetValue(Url) ?? new("http://localhost:7071");
        if (address.Scheme == "http" && !address.IsLoopback)
            screen.Warn(screen.Words.Say("The key travels unprotected: use https.", "La clé voyage en clair\u00A0: utilisez https."));
        return new(address, Key(parsed)!);
    }

    private string? Key(ParseResult parsed) => parsed.GetResult(_key) is { Tokens: [var given, ..] } ? given.Value : _around.Variable("DUNNING_KEY");
}
