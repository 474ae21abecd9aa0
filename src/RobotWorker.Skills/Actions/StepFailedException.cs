using RobotWorker.Execution;

namespace RobotWorker.Skills.Actions;

/// <summary>Ends a skill early with a report. Never leaves <see cref="RosRobot"/>: there it becomes the report.</summary>
internal sealed class StepFailedException(AttemptReport report) : Exception(report.Reason)
{
    public AttemptReport Report { get; } = report;

    public static StepFailedException Failed(string code, string reason) => new(AttemptReport.Failure(code, reason));

    public static StepFailedException Unknown(string code, string reason) => new(AttemptReport.Unknown(code, reason));
}
