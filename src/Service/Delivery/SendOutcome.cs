namespace Dunning.Service.Delivery;

/// <summary>What became of one attempt to hand a message to a provider. Every channel answers with one of these four.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <summary>The provider took it; <paramref name="Reference"/> is what the provider knows it by.</summary>
    public sealed record Accepted(string Reference) : SendOutcome;

    /// <summary>Permanently refused: the same message to the same address would be refused again.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>Surely not taken; may be attempted again once <paramref name="After"/> has passed.</summary>
    public sealed record TryAgain(TimeSpan After, string Reason) : SendOutcome;

    /// <summary>It may have been taken and we cannot know: never sent again without asking the provider or a person.</summary>
    public sealed record Uncertain(string Reason) : SendOutcome;
}
