using System.Collections.Immutable;
using RobotWorker.Recovery;
using RobotWorker.Skills;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Recovery;

/// <summary>What fresh facts say about an effect, and that nothing is said by none.</summary>
public sealed class ClassificationTests
{
    private static readonly Condition Poured = new Condition.Holds(Atom.Of("poured", "cup1"));
    private static readonly Condition Full = new Condition.Holds(Atom.Of("full", "cup1"));
    private static readonly Condition Half = new Condition.Holds(Atom.Of("half", "cup1"));
    private static readonly RobotTime Still = RobotTime.FromSeconds(10);

    [TestCase("full", 11, Effect.NotStarted)]
    [TestCase("half", 11, Effect.Partial)]
    [TestCase("poured", 11, Effect.Done)]
    [TestCase("full", 9, Effect.Unknown)]
    [TestCase("half", 9, Effect.Unknown)]
    [TestCase("poured", 9, Effect.Unknown)]
    public void Effect_OnlyFactsCapturedSinceTheRobotStoodStillCount(string predicate, double at, Effect effect) =>
        Assert.That(Of(Seen(predicate, at), Full, Half).Effect, Is.EqualTo(effect));

    [Test]
    public void Effect_AConditionOverNothing_ShowsNothing()
    {
        Assert.That(Of(Seen("dirty", 11), Condition.Always, Half).Effect, Is.EqualTo(Effect.Unknown));
        Assert.That(Of(Seen("dirty", 11), Full, Condition.Always).Effect, Is.EqualTo(Effect.Unknown));
    }

    [Test]
    public void Stage_TheLatestThatFreshlyHolds()
    {
        ImmutableArray<SkillStage> stages = [new("first", Full), new("second", Half), new("third", Poured)];

        Assert.That(Of(Seen("full", 11).With(FactOf("half", 11)), Full, Half, stages).Stage, Is.EqualTo("second"));
        Assert.That(Of(Seen("full", 11).With(FactOf("half", 9)), Full, Half, stages).Stage, Is.EqualTo("first"));
        Assert.That(Of(Seen("full", 9), Full, Half, stages).Stage, Is.Null);
    }

    [Test]
    public void Ready_TakesFreshFacts()
    {
        Assert.That(Of(Seen("full", 11), Full, Half).Ready, Is.True);
        Assert.That(Of(Seen("full", 9), Full, Half).Ready, Is.False);
    }

    private static Classification Of(WorldModel world, Condition notStarted, Condition partial, ImmutableArray<SkillStage> stages = default) =>
        Classification.Of(world, RobotTime.FromSeconds(12), Still, Poured, notStarted, partial, Full, stages.IsDefault ? [] : stages);

    private static WorldModel Seen(string predicate, double at) => WorldModel.Empty(Kitchen.Skills.Predicates).With(FactOf(predicate, at));

    private static Fact FactOf(string predicate, double at) => new(Atom.Of(predicate, "cup1"), Truth.True, RobotTime.FromSeconds(at), "sense");
}
