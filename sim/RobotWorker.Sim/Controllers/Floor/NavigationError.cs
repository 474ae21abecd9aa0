namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>
/// The error codes of a navigation, as Nav2 numbers them: NavigateToPose hands on those of the action that failed below it
/// (nav2_msgs: FollowPath 100 and up, ComputePathToPose 200 and up, NavigateToPose 9000 and up).
/// </summary>
public enum NavigationError
{
    None = 0,
    FailedToMakeProgress = 105,
    StartOccupied = 205,
    GoalOutsideMap = 204,
    GoalOccupied = 206,
    NoValidPath = 208,
    Unknown = 9000,
    TfError = 9002,
}
