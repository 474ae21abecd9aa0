using System.Collections.Immutable;
using RobotWorker.Generation.Generate;
using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Tests.Generation.Generate;

public sealed class TwinFramesTests
{
    private static readonly DatasetLayout Layout = new("arm", 10, [new("action", DatasetType.Float32, ["a.rad", "b.rad"]), new(DatasetLayout.Subtask, DatasetType.Int64, ["subtask"])], []);

    [TestCase(-0.4, 0)]
    [TestCase(0.299, 2)]
    [TestCase(0.3, 3, TestName = "Before_AFrameThatEndsAtTheOnset_IsBeforeIt")]
    [TestCase(8.620000000000001, 86)]
    public void Before(double onset, int frames) => Assert.That(TwinFrames.Before(onset, 10), Is.EqualTo(frames));

    [Test]
    public void WhatDiffersFromTheOnsetOn_IsATwin() =>
        Assert.That(Why(Episode(PairRole.Faulted), Episode(PairRole.FaultFree, e => e[5] = 9)), Is.Null);

    [Test]
    public void WhatDiffersBeforeTheOnset_IsNone() =>
        Assert.That(Why(Episode(PairRole.Faulted), Episode(PairRole.FaultFree, e => e[3] = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(e[3]) + 1))), Is.EqualTo("action differs within the 2 frames before the fault's onset"));

    [Test]
    public void OtherWordsForASubtask_IsNone() =>
        Assert.That(Why(Episode(PairRole.Faulted), Episode(PairRole.FaultFree) with { Subtasks = ["lower"] }), Is.EqualTo("its subtasks differ within the 2 frames before the fault's onset"));

    [Test]
    public void AFaultThatStrikesAtAnotherMoment_IsNone()
    {
        var other = Episode(PairRole.NoRecovery);

        Assert.That(Why(Episode(PairRole.Faulted), other with { Provenance = other.Provenance with { FaultOnset = 0.3 } }), Is.EqualTo("the fault struck at 0.25 s, and then at 0.3 s"));
    }

    private static string? Why(DatasetEpisode drawn, DatasetEpisode twin) => TwinFrames.WhyNot(Layout, drawn, twin);

    private static DatasetEpisode Episode(PairRole role, Action<double[]>? spoil = null)
    {
        double[] actions = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        spoil?.Invoke(actions);
        return new(3, "Wave.", new Dictionary<string, double[]> { ["action"] = actions, [DatasetLayout.Subtask] = [0, 0, 0] }, ["lift"], ImmutableDictionary<string, EpisodeFilm>.Empty,
            new(7, "all", "p", "s", "arm", "MuJoCo", "Egl", "1", 0, "succeeded", true, "none", "", "", role == PairRole.FaultFree ? null : 0.25, null, null, null, 0, 1, "{}", "", false) { Pair = new(role, 0.25) });
    }
}
