using System.Collections.Immutable;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Generation.Generate;

/// <summary>A data set that is to be made, read and checked.</summary>
/// <param name="Sum">SHA-256 of all its texts: with the build, episodes of the same number are the same.</param>
/// <param name="Seed">Of the first episode; each takes the next one.</param>
/// <param name="Job">Plan, scene and robot, without faults: the last two of its documents are scene and robot, those before them the plan and those that it calls.</param>
/// <param name="Instructions">Wordings of the task: each episode gets one.</param>
/// <param name="FaultShare">Share of the episodes that a fault strikes, 0 to 1.</param>
/// <param name="Faults">Of which each gets one by chance.</param>
public sealed record GenerateSpec(
    string Name, string Sum, ulong Seed, Job Job, int FramesPerSecond, ImmutableArray<DatasetCamera> Cameras, ImmutableArray<string> Instructions, double FaultShare,
    ImmutableArray<FaultFile> Faults)
{
    /// <summary>What each frame has.</summary>
    public DatasetLayout Layout { get; } = FrameColumns.Layout(Job.Robot, FramesPerSecond, Cameras) with
    {
        // All variations of a scene have the same things in it.
        Segments = Cameras.Any(c => c.Sidecars.Contains(SidecarKind.Segmentation)) ? SegmentNames.Of(MjcfWriter.Write(SceneSampler.Sample(Job.Scene, Seed), Job.Robot)) : [],
    };
}
