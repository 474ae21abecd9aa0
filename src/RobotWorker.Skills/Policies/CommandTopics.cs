using System.Collections.Immutable;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Policies;

/// <summary>The topics on which targets are streamed to the robot: its forward command controllers', and the base's velocity.</summary>
internal sealed class CommandTopics : IDisposable
{
    private readonly RobotProfile profile;
    private readonly IPublisher<Float64MultiArray> arm, gripper, head;
    private readonly IPublisher<Twist>? velocity;

    /// <param name="profile">Names them all.</param>
    public CommandTopics(IRosConnection ros, RobotProfile profile)
    {
        this.profile = profile;
        (arm, gripper, head) = (ros.Advertise<Float64MultiArray>(profile.Names.ArmCommands), ros.Advertise<Float64MultiArray>(profile.Names.GripperCommands), ros.Advertise<Float64MultiArray>(profile.Names.HeadCommands));
        velocity = profile.Names.Velocity.Length > 0 ? ros.Advertise<Twist>(profile.Names.Velocity) : null;
    }

    /// <summary>How many numbers an action has: arm, gripper, pan and tilt, and the velocity of a base that moves.</summary>
    public static int Width(RobotProfile profile) => profile.ArmJoints.Length + (profile.Names.BaseMoves ? 6 : 3);

    /// <summary>Tells all of them their part of an action. The fingers close with the profile's grasp force.</summary>
    public void Send(ReadOnlySpan<double> action)
    {
        var joints = profile.ArmJoints.Length;
        arm.Publish(Of(action[..joints]));
        gripper.Publish(Of([action[joints], profile.Gripper.GraspForce]));
        head.Publish(Of(action.Slice(joints + 1, 2)));
        velocity?.Publish(new() { Linear = new() { X = action[joints + 3], Y = action[joints + 4] }, Angular = new() { Z = action[joints + 5] } });
    }

    /// <summary>The base stands. Arm, head and fingers hold the last that they were told.</summary>
    public void Stop() => velocity?.Publish(new Twist());

    public void Dispose()
    {
        arm.Dispose();
        gripper.Dispose();
        head.Dispose();
        velocity?.Dispose();
    }

    private static Float64MultiArray Of(ReadOnlySpan<double> numbers) => new() { Data = ImmutableArray.Create(numbers) };
}
