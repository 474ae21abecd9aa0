using RobotWorker.Episodes;
using RobotWorker.Execution.Core;

namespace RobotWorker.Execution.Shell;

/// <summary>How an episode went.</summary>
/// <param name="Report">Without the truth and the files, which others know.</param>
/// <param name="State">The state in which it ended.</param>
public sealed record EpisodeResult(EpisodeReport Report, PlanState State);
