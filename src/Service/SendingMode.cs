namespace Dunning.Service;

/// <summary>What a host does with what leaves. live: it goes out; redirect: to one address of ours; outbox: into a folder; off: nowhere.</summary>
public sealed record SendingMode(string Mode)
{
    public bool IsOff => Mode == "off";
}
