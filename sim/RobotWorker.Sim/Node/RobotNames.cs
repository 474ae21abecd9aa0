namespace RobotWorker.Sim.Node;

/// <summary>Joints and frames that every robot of ours has.</summary>
internal static class RobotNames
{
    public const string Pan = "head_pan_joint";
    public const string Tilt = "head_tilt_joint";

    /// <summary>Position is the opening width in metres, effort the measured force in newtons.</summary>
    public const string Gripper = "gripper_joint";
    public const string Map = "map";
    public const string Odom = "odom";
    public const string BaseLink = "base_link";
}
