using System.Collections.Immutable;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Generation.Generate;

/// <summary>What a frame has besides pictures, and in which order: observations from the robot's own topics, actions as its drives were told, and labels that no policy sees.</summary>
internal static class FrameColumns
{
    public const string State = RobotTold.StateName, Place = RobotTold.PlaceName, Action = "action";
    public const string FaultActive = "label.fault_active", Recovering = "label.recovering", Done = "next.done", Success = "next.success", Reward = "next.reward";

    /// <summary>What tells that an episode ends with this frame, and how.</summary>
    public static readonly ImmutableArray<string> OfTheEnd = [Done, Success, Reward];

    public static DatasetLayout Layout(RobotDescription robot, int framesPerSecond, ImmutableArray<DatasetCamera> cameras)
    {
        ImmutableArray<string> driven = [.. robot.ArmJointNames.Select(joint => $"{joint}.rad"), "gripper.m", "head_pan.rad", "head_tilt.rad", .. robot.Base.IsFixed ? ImmutableArray<string>.Empty : ["base_x.mps", "base_y.mps", "base_yaw.radps"]];
        return new(robot.Name, framesPerSecond,
            [
                new(State, DatasetType.Float32, driven),
                .. robot.Base.IsFixed ? ImmutableArray<DatasetFeature>.Empty : [new(Place, DatasetType.Float32, ["map_x.m", "map_y.m", "map_yaw.rad"])],
                new(Action, DatasetType.Float32, driven),
                new(DatasetLayout.Subtask, DatasetType.Int64, ["subtask"]), new(FaultActive, DatasetType.Bool, ["fault_active"]), new(Recovering, DatasetType.Bool, ["recovering"]),
                new(Done, DatasetType.Bool, ["done"]), new(Success, DatasetType.Bool, ["success"]), new(Reward, DatasetType.Float32, ["reward"]),
                .. cameras.Where(c => c.Moves).Select(c => c.Pose),
            ], cameras);
    }

    /// <summary>What the drives are told now, in the order of the action's names.</summary>
    public static double[] Targets(SimWorld world)
    {
        var wheels = world.Base.Target;
        return [.. world.Arm.Targets, world.Gripper.CommandedWidth, world.Head.PanTarget, world.Head.TiltTarget, .. world.Robot.Base.IsFixed ? ImmutableArray<double>.Empty : [wheels.X, wheels.Y, wheels.Turn]];
    }
}
