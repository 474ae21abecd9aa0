using RobotWorker.MuJoCo;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Physics;

/// <summary>The robot's own degrees of freedom, which the model holds before those of the objects: base, arm, fingers, head.</summary>
internal sealed class RobotJoints
{
    private readonly int dofs;

    public RobotJoints(MjModel model, RobotDescription robot)
    {
        foreach (var object0 in Enumerable.Range(0, model.Njnt))
            if (model.JointType(object0) != MjJointType.Free) dofs = Math.Max(dofs, model.JointDofAddress(object0) + 1);
        ArmCount = robot.Arm.Joints.Length;
    }

    public int ArmCount { get; }

    /// <summary>Takes gravity, Coriolis and centrifugal forces (of the step before, 2 ms old) off the servos. Objects keep their weight.</summary>
    public void CompensateGravity(MjData data) => data.QfrcBias[..dofs].CopyTo(data.QfrcApplied);
}
