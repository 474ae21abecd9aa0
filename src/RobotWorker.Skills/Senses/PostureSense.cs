using RobotWorker.Skills.Profile;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>Which of the profile's postures the arm is in.</summary>
internal sealed class PostureSense(RobotProfile profile, JointSense joints, FactGate gate)
{
    // A trajectory controller's goal tolerance is some 0.02 rad; named postures differ by far more.
    private const double SameRadians = 0.05;

    /// <summary>Whether every joint of the arm is where a posture has it; false of one that the robot does not know.</summary>
    public bool IsIn(string posture) => profile.Postures.TryGetValue(posture, out var wanted) && FarthestOff([.. wanted]) <= SameRadians;

    public void Tell()
    {
        if (!joints.HasHeardArm) return;
        foreach (var (name, wanted) in profile.Postures)
        {
            var off = FarthestOff([.. wanted]);
            gate.Post(new(
                Atom.Of("posture", "robot", name), off <= SameRadians ? Truth.True : Truth.False, joints.ArmAt, "joints",
                Evidence: $"the farthest joint is {off:0.00} rad off"));
        }
    }

    private double FarthestOff(double[] wanted) => joints.Arm.Zip(wanted, (actual, posture) => Math.Abs(actual - posture)).Max();
}
