using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;

namespace RobotWorker.Controllers.Servers;

/// <summary>Tells what the arm's controller wants and gets, as ros2_control's trajectory controllers do, on /arm_controller/controller_state.</summary>
public sealed class ControllerStatePublisher(IRosConnection ros, Func<JointReadings> read, JointMotion motion) : IDisposable
{
    private readonly IPublisher<JointTrajectoryControllerState> states = ros.Advertise<JointTrajectoryControllerState>("/arm_controller/controller_state");

    public void Publish()
    {
        var now = read();
        states.Publish(new()
        {
            Header = new() { Stamp = now.Time.ToMessage() },
            JointNames = [.. motion.Joints.Select(joint => joint.Name)],
            Reference = new() { Positions = motion.Positions, Velocities = motion.Velocities },
            Feedback = new() { Positions = now.Positions, Velocities = now.Rates },
            Error = new() { Positions = Difference(motion.Positions, now.Positions), Velocities = Difference(motion.Velocities, now.Rates) },
        });
    }

    public void Dispose() => states.Dispose();

    private static ImmutableArray<double> Difference(ImmutableArray<double> wanted, ImmutableArray<double> actual)
    {
        var difference = ImmutableArray.CreateBuilder<double>(wanted.Length);
        for (var j = 0; j < wanted.Length; j++) difference.Add(wanted[j] - actual[j]);
        return difference.MoveToImmutable();
    }
}
