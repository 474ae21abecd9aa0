using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Node;

/// <summary>Where the robot's frames are now, by its own kinematics, odometry and localisation.</summary>
internal sealed class RobotFrames
{
    private readonly RobotState state;
    private readonly IReadOnlyList<string> armJoints;
    private readonly KinematicChain camera;

    public RobotFrames(RobotModel model, RobotState state, IReadOnlyList<string> armJoints)
    {
        (this.state, this.armJoints) = (state, armJoints);
        Tree = new(model);
        camera = KinematicChain.Between(model, model.Root, PointHeadServer.CameraFrame);
    }

    public TransformTree Tree { get; }

    /// <summary>The model in a URDF of our own writing.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read back.</exception>
    public static RobotModel Parse(string urdf, string robot)
    {
        var bag = new DiagnosticBag();
        return Urdf.Parse(urdf, $"{robot}.urdf", bag)
            ?? throw new InvalidOperationException($"the URDF of robot '{robot}' is broken: {string.Join("; ", bag.All)}");
    }

    /// <summary>A frame of the robot, <c>map</c> or <c>odom</c> in <c>map</c>; null when there is no such frame.</summary>
    public Pose? InMap(string frame) => frame switch
    {
        RobotNames.Map => Pose.Identity,
        RobotNames.Odom => state.Now.MapFromOdom.ToPose(),
        _ => Tree.InBase(frame, Position) is { } inBase ? state.Now.MapFromBase * inBase : null,
    };

    /// <summary>The camera's optical frame in <c>base_link</c> for a pan and tilt in radians.</summary>
    public Pose CameraInBase(double pan, double tilt) => camera.Forward([pan, tilt]);

    /// <summary>A joint's position by its name, radians or metres.</summary>
    public double Position(string joint)
    {
        for (var j = 0; j < armJoints.Count; j++)
            if (armJoints[j] == joint) return state.Now.Arm[j];
        return joint switch
        {
            RobotNames.Pan => state.Now.Head[0],
            RobotNames.Tilt => state.Now.Head[1],
            RobotNames.Gripper => state.Now.Gripper.Width,
            _ => throw new ArgumentException($"the robot's description has a joint '{joint}' that nothing measures"),
        };
    }
}
