using System.Collections.Immutable;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Tools;

/// <summary>Finds the servos on a port: which make, at which rate, which ids.</summary>
public sealed class ServoScan(Func<int, IByteLink> open, TimeProvider time, Action<string> progress)
{
    // The factory's first, then the likely ones. Sources disagree on what the codes 5 to 7 of Feetech's baud register mean (spec, Feetech STS): so it is asked at each.
    private static readonly ImmutableArray<int> FeetechBauds = [1_000_000, 500_000, 250_000, 128_000, 115_200, 76_800, 57_600, 38_400, 19_200];
    private static readonly ImmutableArray<int> DynamixelBauds = [57_600, 1_000_000, 115_200, 2_000_000, 3_000_000, 4_000_000, 9_600];

    public sealed record Found(ServoMake Make, int Baud, ImmutableArray<ScannedServo> Servos);

    /// <param name="Mode">What its goals are, in a word, by its mode register.</param>
    /// <param name="Flags">What it says of itself.</param>
    public sealed record ScannedServo(byte Id, int Model, int Firmware, string Mode, ServoFlags Flags);

    /// <param name="make">Null: both.</param>
    /// <param name="baud">Null: every rate that is usual, one after the other.</param>
    /// <returns>The first rate of each make at which somebody answers.</returns>
    /// <exception cref="ByteLinkException">The port cannot be had, or is lost.</exception>
    public ImmutableArray<Found> Run(ServoMake? make, int? baud, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<Found>();
        foreach (var one in make is { } m ? [m] : Enum.GetValues<ServoMake>())
            if (Find(one, baud, cancel) is { } servos) found.Add(servos);
        return found.ToImmutable();
    }

    private Found? Find(ServoMake make, int? baud, CancellationToken cancel)
    {
        foreach (var rate in baud is { } b ? [b] : make == ServoMake.Feetech ? FeetechBauds : DynamixelBauds)
        {
            if (cancel.IsCancellationRequested) return null;
            progress($"asking for {make} servos at {rate} baud");
            using var link = open(rate);
            var servos = make == ServoMake.Feetech ? Feetechs(new(link, time)) : Dynamixels(new(link, time));
            if (!servos.IsEmpty) return new(make, rate, servos);
        }
        return null;
    }

    private static ImmutableArray<ScannedServo> Feetechs(FeetechBus bus) =>
        Look(bus.Scan(), new FeetechDialect(bus), id => bus.Read(id, StsRegisters.Mode) switch { 0 => "position", 1 => "velocity", 2 => "PWM", 3 => "steps", var other => $"mode {other}" });

    private static ImmutableArray<ScannedServo> Dynamixels(DynamixelBus bus) =>
        Look(bus.Scan(), new DynamixelDialect(bus), id => bus.Read(id, XSeriesRegisters.OperatingMode) switch
        {
            0 => "current", 1 => "velocity", 3 => "position", 4 => "extended position", 5 => "current-based position", 16 => "PWM", var other => $"mode {other}",
        });

    private static ImmutableArray<ScannedServo> Look(IReadOnlyList<FoundServo> found, IServoDialect dialect, Func<byte, string> mode) => [.. found.Select(servo =>
    {
        try
        {
            return new ScannedServo(servo.Id, servo.Model, servo.Firmware, mode(servo.Id), dialect.Read(servo.Id).Flags);
        }
        catch (ServoBusException)
        {
            return new ScannedServo(servo.Id, servo.Model, servo.Firmware, "unknown", ServoFlags.NoAnswer);
        }
    })];
}
