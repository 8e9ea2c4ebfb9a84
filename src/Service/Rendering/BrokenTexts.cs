using System.Diagnostics.CodeAnalysis;

namespace Dunning.Service.Rendering;

/// <summary>The texts cannot be used. Carries every fault at once, as <c>fr/first-reminder.email.md:3: what is wrong</c>.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is named for what it tells the person who starts the program.")]
public sealed class BrokenTexts(IReadOnlyList<string> faults)
    : InvalidOperationException($"{faults.Count} fault(s) in the texts:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
