using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Arm;
using RobotWorker.Ros.Messages.ControlMsgs;
using Duration = RobotWorker.Ros.Messages.BuiltinInterfaces.Duration;

namespace RobotWorker.Testing;

/// <summary>The arm of the SO-101 kind that is shipped.</summary>
public static class So101
{
    public static readonly string File = Repository.PathOf("sim/robots/so101.arm.yaml");

    public static readonly SerialArmDescription Arm = Read();

    /// <summary>All joints to these angles (radians), at rest there after so many seconds.</summary>
    public static FollowJointTrajectory.Goal To(double seconds, params double[] posture) => new()
    {
        Trajectory = new()
        {
            JointNames = [.. Arm.Joints.Select(joint => joint.Servo.Name)],
            Points = [new()
            {
                Positions = [.. posture],
                Velocities = [.. posture.Select(_ => 0.0)],
                TimeFromStart = Duration.From(TimeSpan.FromSeconds(seconds)),
            }],
        },
    };

    private static SerialArmDescription Read()
    {
        var bag = new DiagnosticBag();
        return SerialArmReader.Read(System.IO.File.ReadAllText(File), File, bag) ?? throw new InvalidOperationException(string.Join("\n", bag.All));
    }
}
