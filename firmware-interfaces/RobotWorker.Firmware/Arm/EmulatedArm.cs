using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>The servos that an arm's file describes, emulated: joints that do not feel one another, each where the middle of its range is.</summary>
public static class EmulatedArm
{
    /// <returns>The servos, and the joints that they move.</returns>
    public static (ServoBench Servos, RigidServoPlant Joints) Of(SerialArmDescription arm)
    {
        var joints = new RigidServoPlant([.. arm.Servos.Select(servo =>
            new RigidJoint(MinRadians: servo.MinRadians, MaxRadians: servo.MaxRadians, StartRadians: (servo.MinRadians + servo.MaxRadians) / 2))]);
        return (Over(joints, arm), joints);
    }

    /// <summary>The servos on joints that somebody else lets move.</summary>
    /// <param name="joints">As many as the arm has servos, in the same order.</param>
    public static ServoBench Over(IServoPlant joints, SerialArmDescription arm)
    {
        var motor = arm.Bus.Make == ServoMake.Feetech ? MotorModel.Sts3215 : MotorModel.Xm430;
        if (arm.Bus.SupplyVolts is { } volts) motor = motor with { NominalVolts = volts };
        var servos = arm.Servos.Select((servo, i) => new EmulatedServo(servo.Id, i, motor, servo.ZeroCounts, servo.Direction));
        return arm.Bus.Make == ServoMake.Feetech ? new FeetechEmulator(joints, [.. servos], arm.Bus.Baud) : new DynamixelEmulator(joints, [.. servos], arm.Bus.Baud);
    }
}
