using Dunning.Service.Engine;
using Dunning.Service.Events;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

public sealed class FeedTests(ITestOutputHelper output) : FeedContract(output), IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override IEventFeed Feed => _temp.Store;

    [Fact]
    public async Task A_database_from_before_has_its_feed_from_the_next_opening_on()
    {
        _temp.Store.Dispose();
        _temp.Tamper("DROP TABLE announcements");
        _temp.Reopen();
        Assert.Empty(await All("acme"));
    }

    // One writer numbers what it writes: time has no part in it.
    protected override void Pass(TimeSpan time)
    {
    }

    public void Dispose() => _temp.Dispose();
}
