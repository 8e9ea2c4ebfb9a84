namespace Dunning.Service.Simulation;

/// <summary>One past ledger is lived again at a time in a program: it takes half of the machine, and a second one would take the half that sends.</summary>
public sealed class ReplayGate
{
    private int _taken;

    /// <summary>Dispose it to let the next one in; null while another is at it.</summary>
    public IDisposable? Enter() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0 ? new Leave(this) : null;

    private sealed class Leave(ReplayGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                Volatile.Write(ref gate._taken, 0);
        }
    }
}
