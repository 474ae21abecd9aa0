namespace RobotWorker.Controllers.Joints;

/// <summary>The error codes of control_msgs/FollowJointTrajectory.</summary>
public enum TrajectoryError
{
    Successful = 0,
    InvalidGoal = -1,
    InvalidJoints = -2,
    OldHeaderTimestamp = -3,
    PathToleranceViolated = -4,
    GoalToleranceViolated = -5,
}
