using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.MuJoCo;
using RobotWorker.Recording.Journals;

namespace RobotWorker.Cli;

/// <summary>What is said of an exception that ends the command, and with which code.</summary>
internal static class Failures
{
    /// <summary>Writes one line, with what to do.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Tell(Exception failure, TextWriter errors)
    {
        switch (failure)
        {
            case MuJoCoUnavailableException:
                errors.WriteLine($"{Codes.NoSimulator} the simulator cannot be used: {failure.Message}");
                return ExitCode.Unavailable;
            case RobotNotReadyException:
                errors.WriteLine($"{Codes.RobotNotReady} {failure.Message}");
                return ExitCode.Unavailable;
            case JournalException:
                errors.WriteLine($"{Codes.JournalRefused} {failure.Message}");
                return ExitCode.Unavailable;
            case IOException or UnauthorizedAccessException:
                errors.WriteLine($"{Codes.MachineRefused} {failure.Message}");
                return ExitCode.Unavailable;
            default:
                // The last resort: a mistake of ours is told in one line; the environment variable shows where it came from.
                errors.WriteLine($"{Codes.Internal} internal error: {failure.Message} (please report it; ROBOTWORKER_DEBUG=1 shows where it happened)");
                if (Environment.GetEnvironmentVariable("ROBOTWORKER_DEBUG") == "1") errors.WriteLine(failure);
                return ExitCode.Internal;
        }
    }
}
