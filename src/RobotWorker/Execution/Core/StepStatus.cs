namespace RobotWorker.Execution.Core;

/// <summary>States of a step: VDA 5050's, and ours (UNKNOWN, SKIPPED).</summary>
public enum StepStatus
{
    Waiting,
    Initializing,
    Running,
    Paused,

    /// <summary>It failed and what follows is not decided or not begun yet.</summary>
    Retriable,
    Finished,
    Failed,

    /// <summary>Nobody could see what it did.</summary>
    Unknown,

    /// <summary>Not run, or given up by a person's word.</summary>
    Skipped,
}
