using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// /joint_states: of the joints radians, rad/s and N m, of the gripper the opening in metres, m/s and, as robots tell it, newtons. Where the file does not say of every joint what torque it has, nobody knows
/// their effort: sensor_msgs/JointState has an empty array for that, and no NaN. The gripper's force is known all the same, and told in a message of its own.
/// </summary>
internal sealed class SerialJointStates(IRosConnection ros, SerialArmDescription arm) : IDisposable
{
    private readonly IPublisher<JointState> joints = ros.Advertise<JointState>("/joint_states");
    private readonly bool knowsTorques = arm.Joints.All(joint => joint.MaxNewtonMetres is not null);

    public void Publish(JointReadings measured, ServoReadings readings, SerialGripper? gripper)
    {
        var state = new JointState
        {
            Header = new() { Stamp = measured.Time.ToMessage() },
            Name = [.. arm.Joints.Select(joint => joint.Servo.Name)],
            Position = measured.Positions,
            Velocity = measured.Rates,
            Effort = knowsTorques ? [.. arm.Joints.Zip(readings.States, (joint, servo) => double.IsNaN(servo.Load) ? 0 : servo.Load * joint.MaxNewtonMetres!.Value)] : [],
        };
        if (gripper is not null && !knowsTorques) joints.Publish(With(gripper, new() { Header = state.Header }));
        joints.Publish(gripper is not null && knowsTorques ? With(gripper, state) : state);
    }

    public void Dispose() => joints.Dispose();

    private JointState With(SerialGripper gripper, JointState state) => state with
    {
        Name = [.. state.Name, arm.Gripper!.Servo.Name],
        Position = [.. state.Position, gripper.MeasuredWidth],
        Velocity = [.. state.Velocity, gripper.MeasuredSpeed],
        Effort = [.. state.Effort, gripper.MeasuredForce],
    };
}
