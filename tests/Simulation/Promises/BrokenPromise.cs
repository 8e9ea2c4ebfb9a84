namespace Dunning.Simulation;

/// <summary>A promise of the design's section 2 that did not hold, for one case of one seed.</summary>
public sealed class BrokenPromise(string promise, string about, string what) : Exception($"{promise} broken for {about}: {what}")
{
    public string Promise { get; } = promise;
}
