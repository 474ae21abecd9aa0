using RobotWorker.Controllers.Servers;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Node;

/// <summary>The simulated gripper as its own electronics measure it.</summary>
internal sealed class MeasuredGripper(GripperDrive drive, RobotState state) : IGripperDrive
{
    public double MeasuredWidth => state.Now.Gripper.Width;

    public double MeasuredSpeed => state.Now.Gripper.Speed;

    public double MeasuredForce => state.Now.Gripper.MeasuredForce;

    public double CommandedForce => drive.CommandedForce;

    public void Command(double widthMetres, double maxForceNewtons) => drive.Command(widthMetres, maxForceNewtons);
}
