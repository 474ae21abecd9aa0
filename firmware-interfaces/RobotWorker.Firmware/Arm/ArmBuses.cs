using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>Opens the bus of an arm as its file says.</summary>
public static class ArmBuses
{
    private const int LongestAnswer = 50;
    private const double BitsPerByte = 10;

    private static readonly ServoWireOptions Least = new();

    /// <summary>Seconds that a cycle keeps the wire busy, some bytes more or less: goals out, and an answer of each servo.</summary>
    internal static double CycleSeconds(ServoMake make, int servos, int baud) => servos * (make == ServoMake.Feetech ? 44 : 58) * BitsPerByte / baud;

    /// <summary>The same with servos that wait before they answer: each of them, but in a fast sync read, where only the first does.</summary>
    /// <param name="delaysSeconds">Of each servo.</param>
    internal static double CycleSeconds(SerialArmDescription arm, IReadOnlyCollection<double> delaysSeconds) =>
        CycleSeconds(arm.Bus.Make, arm.Servos.Length, arm.Bus.Baud) + (arm.Bus is { Make: ServoMake.Dynamixel, FastRead: true } ? delaysSeconds.Max() : delaysSeconds.Sum());

    public static ServoBusOptions OptionsOf(SerialArmDescription arm) => new()
    {
        PeriodSeconds = arm.PeriodSeconds,
        MaxRadiansPerSecond = arm.Joints.Select(joint => joint.MaxRadiansPerSecond).Append(arm.Gripper?.MaxRadiansPerSecond ?? 0).Max(),
    };

    /// <param name="port">Instead of the file's.</param>
    /// <exception cref="ByteLinkException">The port cannot be had.</exception>
    public static IServoBus Open(SerialArmDescription arm, TimeProvider time, Action<string>? log = null, string? port = null) =>
        Over(SerialPorts.Open(port ?? arm.Bus.Port, new(arm.Bus.Baud, log), time), arm, time);

    /// <summary>The link of an arm's bus for those who speak to its servos one by one.</summary>
    /// <param name="port">Instead of the file's.</param>
    /// <exception cref="ByteLinkException">The port cannot be had.</exception>
    public static IByteLink OpenLink(SerialArmDescription arm, TimeProvider time, Action<string>? log = null, string? port = null) =>
        WithoutEcho(SerialPorts.Open(port ?? arm.Bus.Port, new(arm.Bus.Baud, log), time), arm, time);

    /// <summary>The bus over a link that is open, and that is closed with it.</summary>
    public static IServoBus Over(IByteLink link, SerialArmDescription arm, TimeProvider time)
    {
        link = WithoutEcho(link, arm, time);
        // What an answer takes on the wire, besides what servo and adapter take.
        var each = TimeSpan.FromSeconds(LongestAnswer * BitsPerByte / arm.Bus.Baud);
        return new ServoGroup(arm.Bus.Make switch
        {
            ServoMake.Feetech => new FeetechDialect(new FeetechBus(link, time, new ServoWireOptions { AnswerWithin = Least.AnswerWithin + each, EachWithin = Least.EachWithin + each })),
            ServoMake.Dynamixel => new DynamixelDialect(new DynamixelBus(link, time, new DynamixelOptions { AnswerWithin = Least.AnswerWithin + each, EachWithin = Least.EachWithin + each, UsesFastSyncRead = arm.Bus.FastRead })),
        }, arm.Servos, OptionsOf(arm), link);
    }

    private static IByteLink WithoutEcho(IByteLink link, SerialArmDescription arm, TimeProvider time) => arm.Bus.Echoes ? new EchoingLink(link, time) : link;
}
