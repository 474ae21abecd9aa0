using System.Collections.Immutable;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Controllers.Joints;

namespace RobotWorker.Sim.Node;

/// <summary>Tells what the arm's controller wants and gets, as ros2_control's trajectory controllers do, on /arm_controller/controller_state.</summary>
internal sealed class ArmStatePublisher(IRosConnection ros, RobotState state, JointMotion motion, ImmutableArray<string> names) : IDisposable
{
    private readonly IPublisher<JointTrajectoryControllerState> states = ros.Advertise<JointTrajectoryControllerState>("/arm_controller/controller_state");

    public void Publish()
    {
        var now = state.Now;
        states.Publish(new()
        {
            Header = new() { Stamp = now.Time.ToMessage() },
            JointNames = names,
            Reference = new() { Positions = motion.Positions, Velocities = motion.Velocities },
            Feedback = new() { Positions = now.Arm, Velocities = now.ArmRates },
            Error = new() { Positions = Difference(motion.Positions, now.Arm), Velocities = Difference(motion.Velocities, now.ArmRates) },
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
