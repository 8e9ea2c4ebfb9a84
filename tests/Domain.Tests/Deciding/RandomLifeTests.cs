using Dunning.Domain.Tests.References;

namespace Dunning.Domain.Tests.Deciding;

public class RandomLifeTests
{
    [Fact]
    public void Whatever_happens_the_promises_are_kept() => Chance.Repeat(2_000, random => RandomLives.Live(random));

    [Fact]
    public void The_same_seed_lives_the_same_life() => Chance.Repeat(50, random =>
    {
        var seed = random.Next();
        Assert.Equal(RandomLives.Live(new(seed)).Transcript, RandomLives.Live(new(seed)).Transcript);
    });
}
