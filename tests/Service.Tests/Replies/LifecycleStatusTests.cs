using Dunning.Service.Lifecycle;

namespace Dunning.Service.Tests.Replies;

/// <summary>The statuses of the French platforms, in all the ways they are written.</summary>
public sealed class LifecycleStatusTests
{
    [Theory]
    [InlineData("213", 213)]
    [InlineData("rejected", 213)]
    [InlineData("Rejetée", 213)]
    [InlineData("REJETEE", 213)]
    [InlineData("refusée", 210)]
    [InlineData("en_litige", 207)]
    [InlineData("En litige", 207)]
    [InlineData("inDispute", 207)]
    [InlineData("in-dispute", 207)]
    [InlineData("Mise à disposition", 203)]
    [InlineData("approuvée partiellement", 206)]
    [InlineData("PAIEMENT_TRANSMIS", 211)]
    [InlineData("payment_sent", 211)]
    [InlineData("encaissée", 212)]
    [InlineData("complétée", 209)]
    public void A_status_is_known_by_its_code_and_by_its_names(string told, int code) => Assert.Equal(code, LifecycleStatus.Find(told)!.Code);

    [Theory]
    [InlineData("")]
    [InlineData("214")]
    [InlineData("21")]
    [InlineData("paid")]
    [InlineData("!!!")]
    public void Another_is_not(string told) => Assert.Null(LifecycleStatus.Find(told));

    [Fact]
    public void What_only_carries_the_invoice_is_on_no_track() =>
        Assert.Equal([200, 201, 202, 203, 213], LifecycleStatus.All.Select(s => s.Code).Where(c => LifecycleTrack.All.All(t => !t.Codes.Contains(c))));
}
