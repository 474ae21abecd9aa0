using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Variation;

namespace RobotWorker.Generation.Generate;

/// <summary>A data set that is to be made, read and checked.</summary>
/// <param name="Sum">SHA-256 of all its texts: with the build, episodes of the same number are the same.</param>
/// <param name="Seed">Of the first episode; each takes the next one.</param>
/// <param name="Job">Plan, scene and robot, without faults: the last two of its documents are scene and robot, those before them the plan and those that it calls.</param>
/// <param name="Instructions">Wordings of the task: each episode gets one.</param>
/// <param name="HeldOutInstructions">Wordings that no training episode has.</param>
/// <param name="Vary">In what episodes differ.</param>
/// <param name="FaultShare">Share of the episodes that a fault strikes, 0 to 1.</param>
/// <param name="Faults">Of which each gets one by chance.</param>
public sealed record GenerateSpec(
    string Name, string Sum, ulong Seed, Job Job, int FramesPerSecond, ImmutableArray<DatasetCamera> Cameras, ImmutableArray<string> Instructions,
    ImmutableArray<string> HeldOutInstructions, VariationDescription Vary, double FaultShare, ImmutableArray<FaultFile> Faults)
{
    // Far from the seeds of any training episode.
    private const ulong HeldOutSeeds = 1_000_000_000;

    /// <summary>Whether its episodes are to test what was trained on the others: all that has something held out gets that.</summary>
    public bool IsHeldOut { get; init; }

    /// <summary>Whether an episode that a fault strikes comes with two of the same seed, one that nothing strikes and one without recovery: all three are the same up to the fault's onset.</summary>
    public bool HasPairs { get; init; }

    /// <summary>Why it cannot have pairs; null: it can.</summary>
    public string? WhyNoPairs =>
        Faults.IsEmpty || FaultShare == 0 ? "it has no 'faults' that could strike an episode"
        : !PlainSequence.CanRun(Job.Plan) ? "its plan is more than a sequence of skills, so that nobody could go on with it without the worker"
        : null;

    /// <summary>An episode's seed.</summary>
    /// <param name="number">From 0.</param>
    public ulong SeedOf(int number) => Seed + (ulong)number + (IsHeldOut ? HeldOutSeeds : 0);

    /// <summary>Whether anything is kept from training.</summary>
    public bool HoldsOut => Vary.HoldsOut || !HeldOutInstructions.IsEmpty;

    /// <summary>An episode's wording, and its number: those that are held out are counted after the others.</summary>
    public (string Text, int Number) Wording(ulong seed)
    {
        var chance = RandomStream.For(seed, Name, "wording");
        if (!IsHeldOut || HeldOutInstructions.IsEmpty) return chance.NextInt(Instructions.Length) is var i ? (Instructions[i], i) : default;
        return chance.NextInt(HeldOutInstructions.Length) is var j ? (HeldOutInstructions[j], Instructions.Length + j) : default;
    }

    /// <summary>What each frame has.</summary>
    public DatasetLayout Layout { get; } = FrameColumns.Layout(Job.Robot, FramesPerSecond, Cameras) with
    {
        // All variations of a scene have the same things in it.
        Segments = Cameras.Any(c => c.Sidecars.Contains(SidecarKind.Segmentation)) ? SegmentNames.Of(MjcfWriter.Write(SceneSampler.Sample(Job.Scene, Seed), Job.Robot)) : [],
    };
}
