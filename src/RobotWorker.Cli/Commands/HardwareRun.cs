using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Cli.Commands;

/// <summary>What the commands at a bus or a board have in common: an arm's file, Ctrl-C, and refusals in one line.</summary>
internal static class HardwareRun
{
    /// <summary>Runs it; what a port or a servo refuses is told with what to do.</summary>
    public static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception refused) when (refused is ByteLinkException or ServoBusException)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {refused.Message}");
            return ExitCode.Unavailable;
        }
    }

    /// <returns>Null where the file is wrong; what, was told.</returns>
    public static SerialArmDescription? Read(string file)
    {
        var bag = new DiagnosticBag();
        var arm = JobReader.ReadText(file, bag) is { } text ? SerialArmReader.Read(text, file, bag) : null;
        Views.DiagnosticView.Print(bag);
        return arm;
    }

    /// <param name="file">The arm's file, beside which its URDF is.</param>
    /// <returns>Null where the arm's file names no URDF, or that is wrong; what, was told.</returns>
    public static ArmBody? ReadBody(SerialArmDescription arm, string file)
    {
        if (arm.Body is not { } body)
        {
            Console.Error.WriteLine($"{Codes.Missing} {file} says nothing of the arm's 'body': where a hand is, its URDF tells (docs/serial-arm.md). Nothing was started.");
            return null;
        }
        var bag = new DiagnosticBag();
        var urdf = JobReader.Beside(file, body.UrdfFile);
        var read = JobReader.ReadText(urdf, bag) is { } text ? ArmBody.Read(arm, body, text, urdf, bag) : null;
        Views.DiagnosticView.Print(bag);
        return read;
    }

    /// <returns>Null where something is wrong; what, was told.</returns>
    public static TaughtArm? ReadTaught(SerialArmDescription arm, string armFile, string file)
    {
        if (arm.Gripper is null)
        {
            Console.Error.WriteLine($"{Codes.Missing} {armFile} has no 'gripper', which is to take what was taught. Nothing was started.");
            return null;
        }
        if (ReadBody(arm, armFile) is not { } body) return null;
        var bag = new DiagnosticBag();
        var places = JobReader.ReadText(file, bag) is { } text ? TaughtPlacesReader.Read(text, file, bag) : null;
        Views.DiagnosticView.Print(bag);
        return places is null ? null : new(body, places);
    }

    /// <summary>Does something until Ctrl-C.</summary>
    /// <param name="act">Gets what waits for the end of a period, and says whether it is over. Periods that were missed are left out.</param>
    public static int UntilStopped(Func<Func<TimeSpan, bool>, CancellationToken, int> act)
    {
        using var stopping = new CancellationTokenSource();
        using var signals = new StopSignals(stopping.Cancel, () => { });
        var began = TimeProvider.System.GetTimestamp();
        TimeSpan? next = null;
        return act(period =>
        {
            var now = TimeProvider.System.GetElapsedTime(began);
            next = next + period is { } due && due > now ? due : now + period;
            return stopping.Token.WaitHandle.WaitOne(next.Value - now);
        }, stopping.Token);
    }
}
