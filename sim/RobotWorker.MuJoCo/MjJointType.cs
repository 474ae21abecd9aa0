namespace RobotWorker.MuJoCo;

/// <summary>Joint types (MuJoCo's mjtJoint).</summary>
public enum MjJointType
{
    /// <summary>Position and quaternion (w, x, y, z): 7 positions, 6 velocities.</summary>
    Free = 0,
    /// <summary>A quaternion: 4 positions, 3 velocities.</summary>
    Ball = 1,
    /// <summary>A sliding distance, in metres.</summary>
    Slide = 2,
    /// <summary>A turning angle, in radians.</summary>
    Hinge = 3,
}
