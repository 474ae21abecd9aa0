using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class JointSenseTests
{
    // sensor_msgs/JointState: a field that is not told is empty.
    [Test]
    public void Take_PositionsLeftOutOrNoNumbers_TellsNothingOfThem()
    {
        var joints = new JointSense(Workshop.Profile);
        joints.Take(new JointState { Name = ["j1", "gripper_joint"], Velocity = [0.1, 0] });
        joints.Take(new JointState { Name = ["gripper_joint"], Position = [double.NaN] });
        Assert.That((joints.HasHeard, joints.HasHeardArm), Is.EqualTo((false, false)));

        joints.Take(new JointState { Name = ["gripper_joint", "j1"], Position = [0.05] });

        Assert.That((joints.HasHeard, joints.HasHeardArm, joints.GripperWidth), Is.EqualTo((true, false, 0.05)));
    }
}
