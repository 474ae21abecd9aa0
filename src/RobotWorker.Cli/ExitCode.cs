using RobotWorker.Episodes;

namespace RobotWorker.Cli;

/// <summary>What the process ends with; docs/exit-codes.md says when.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;

    /// <summary>Arguments, a document or a sentence were wrong; nothing was started.</summary>
    public const int BadInput = 2;
    public const int NeedsPerson = 3;

    /// <summary>This machine cannot tell: what it would be compared with was made on another that need not come to the same.</summary>
    public const int NotComparable = 4;

    /// <summary>The submission is being run by another process; nothing was started.</summary>
    public const int RunsElsewhere = 75;

    /// <summary>MuJoCo, or something else that the machine must have, is missing; or the robot is not ready.</summary>
    public const int Unavailable = 69;

    /// <summary>A mistake of RobotWorker's own.</summary>
    public const int Internal = 70;

    /// <summary>Ctrl-C: the robot was stopped first.</summary>
    public const int Stopped = 130;

    public static int Of(EpisodeOutcome outcome) => outcome switch
    {
        EpisodeOutcome.Succeeded => Success,
        EpisodeOutcome.Failed => Failed,
        EpisodeOutcome.NeedsPerson => NeedsPerson,
        EpisodeOutcome.Stopped => Stopped,
        _ => Internal,
    };
}
