using Dunning.Service.Simulation;
using Xunit;

namespace Dunning.Service.Tests.Simulation;

public sealed class ReplayGateTests
{
    [Fact]
    public void One_is_let_in_at_a_time_and_the_next_when_it_has_left()
    {
        var gate = new ReplayGate();
        var first = gate.Enter();
        Assert.NotNull(first);
        Assert.Null(gate.Enter());
        first.Dispose();
        var second = gate.Enter();
        Assert.NotNull(second);
        // Leaving twice does not let a third in beside the second.
        first.Dispose();
        Assert.Null(gate.Enter());
        second.Dispose();
    }
}
