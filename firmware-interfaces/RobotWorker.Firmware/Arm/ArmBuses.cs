using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>Opens the bus of an arm as its file says.</summary>
public static class ArmBuses
{
    public static ServoBusOptions OptionsOf(SerialArmDescription arm) => new()
    {
        PeriodSeconds = arm.PeriodSeconds,
        MaxRadiansPerSecond = arm.Joints.Select(joint => joint.MaxRadiansPerSecond).Append(arm.Gripper?.MaxRadiansPerSecond ?? 0).Max(),
    };

    /// <param name="port">Instead of the file's.</param>
    /// <exception cref="ByteLinkException">The port cannot be had.</exception>
    public static IServoBus Open(SerialArmDescription arm, TimeProvider time, Action<string>? log = null, string? port = null) =>
        Over(SerialPorts.Open(port ?? arm.Bus.Port, new(arm.Bus.Baud, log), time), arm, time);

    /// <summary>The bus over a link that is open.</summary>
    public static IServoBus Over(IByteLink link, SerialArmDescription arm, TimeProvider time) => new ServoGroup(arm.Bus.Make switch
    {
        ServoMake.Feetech => new FeetechDialect(new FeetechBus(link, time)),
        ServoMake.Dynamixel => new DynamixelDialect(new DynamixelBus(link, time)),
    }, arm.Servos, OptionsOf(arm));
}
