namespace RobotWorker.Ros.Actions;

/// <summary>How a goal ended, as the action reports it; what the world shows is another matter.</summary>
/// <param name="State">Succeeded, Canceled, Aborted, Rejected or Unknown.</param>
/// <param name="Result">The result; null when Rejected or Unknown.</param>
/// <param name="Detail">Why, in words, for the report: empty when the server's answer says all.</param>
public sealed record GoalOutcome<TResult>(GoalState State, TResult? Result, string Detail);
