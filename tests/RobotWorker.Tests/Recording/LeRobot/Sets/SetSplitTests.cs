using System.Collections.Immutable;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class SetSplitTests
{
    private static readonly ImmutableArray<SetPart> Parts = SetSplit.Parse("train=0.8,val=0.15,test=0.05");

    [Test]
    public void Shares_AreMetOnTheAverage()
    {
        var counts = Enumerable.Range(0, 10_000).CountBy(i => SetSplit.PartOf($"seed {i}", Parts, 0)).ToDictionary();

        // Three standard deviations of each.
        Assert.That(counts["train"], Is.EqualTo(8000).Within(120));
        Assert.That(counts["val"], Is.EqualTo(1500).Within(110));
        Assert.That(counts["test"], Is.EqualTo(500).Within(66));
    }

    [Test]
    public void AnotherSeed_IsAnotherDivision() =>
        Assert.That(Enumerable.Range(0, 100).Count(i => SetSplit.PartOf($"seed {i}", Parts, 0) != SetSplit.PartOf($"seed {i}", Parts, 1)), Is.GreaterThan(10));

    [Test]
    public async Task AnEpisodesPart_DependsOnItselfAlone()
    {
        using var sets = new ToolSet();
        using var whole = await StoredSet.OpenAsync(sets.Make());
        using var some = await StoredSet.OpenAsync(await sets.WriteAsync("some", SetVersion.V30, SetContent.Of(whole, e => e.Number > 0)));
        static Task<string[]> Of(StoredSet set) => Task.WhenAll(set.Episodes.Select(e => SetSplit.PartAsync(set, e, Parts, 3)));

        Assert.That(await Of(some), Is.EqualTo((await Of(whole))[1..]));
    }

    [TestCase("train=0.8,val=0.3", "the shares make 1.1, must make 1")]
    [TestCase("train", "'train' must be a name and a share")]
    [TestCase("train=0.5,train=0.5", "'train' is given twice")]
    [TestCase("train=80,val=20", "the share of 'train' is '80', must be more than 0 and at most 1")]
    [TestCase("a/b=1", "'a/b=1' must be a name and a share")]
    public void WhatIsNoDivision_IsRefused(string text, string why) => Assert.That(() => SetSplit.Parse(text), Throws.TypeOf<DatasetException>().With.Message.Contains(why));
}
