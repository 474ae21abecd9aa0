using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Tests.Sim.Physics;

/// <summary>Drives the simulated robot by hand, without ROS and without skills: whether a grasp holds is a question to the model alone.</summary>
internal sealed class GraspBench : IDisposable
{
    private const int StepsAControlPeriod = 5;      // 10 ms

    private readonly KinematicChain chain;
    private readonly InverseKinematics kinematics;
    private readonly TrajectoryLimits limits;
    private readonly RandomStream chance;

    public GraspBench(Workplace workplace, ulong seed)
    {
        World = new(SceneSampler.Sample(workplace.Scene, seed), workplace.Robot);
        var model = Urdf.Parse(UrdfWriter.Write(workplace.Robot), "the robot", new DiagnosticBag())!;
        chain = KinematicChain.Between(model, "base_link", "tool0");
        kinematics = new(chain, new() { Posture = workplace.Robot.Posture("home") });
        limits = new([.. workplace.Robot.Arm.Joints.Select(j => j.Velocity)], [.. workplace.Robot.Arm.Joints.Select(j => j.Acceleration)]);
        chance = RandomStream.For(seed, "grasp bench", "perception");
    }

    public SimWorld World { get; }

    /// <summary>Called after every physics step.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>Largest difference of a joint from where it should have been, radians.</summary>
    public double WorstTracking { get; private set; }

    public Pose Base => World.LinkPose("base_link");

    /// <summary>The object in the tool's frame: constant while the grip holds.</summary>
    public Pose ToolFromObject(string name) => World.LinkPose("tool0").Inverse() * World.ObjectPose(name);

    /// <summary>One look: the object's pose with 5 mm and 2 degrees of noise on each axis.</summary>
    public Pose Perceive(string name)
    {
        var pose = World.ObjectPose(name);
        var turn = new Vec3(chance.Normal(2 * Math.PI / 180), chance.Normal(2 * Math.PI / 180), chance.Normal(2 * Math.PI / 180));
        var off = new Vec3(chance.Normal(0.005), chance.Normal(0.005), chance.Normal(0.005));
        return new(pose.Position + off, (Quat.FromAxisAngle(turn, turn.Length) * pose.Rotation).Normalized());
    }

    /// <summary>From above, across the object: any way round for one that stands, across its axis for one that lies.</summary>
    public Pose GraspOf(Pose seen, SceneObject o)
    {
        var reach = seen.Position - Base.Position;
        var forward = new Vec3(reach.X, reach.Y, 0).Normalized();
        var axis = seen.Rotation.Rotate(Vec3.UnitZ);
        var lies = o.Shape == ObjectShape.Cylinder && Math.Abs(axis.Z) < 0.5;
        var z = World.Scene.Scene.Surface("table")!.Height + (lies ? Math.Max(0.017, o.Size.X / 2) : (o.Size.Z / 2) + 0.01);
        if (lies)
        {
            var along = new Vec3(axis.X, axis.Y, 0).Normalized();
            forward = along.Dot(forward) >= 0 ? along : -along;
        }
        return new(new(seen.Position.X, seen.Position.Y, z), Down(forward));
    }

    /// <summary>Pointing down, with the tool's x axis along a level direction.</summary>
    public static Quat Down(Vec3 forward) => Quat.FromAxes(forward, (-Vec3.UnitZ).Cross(forward), -Vec3.UnitZ);

    public void DriveTo(PlanarPose goal)
    {
        for (var i = 0; i < 4000; i++)
        {
            var here = World.Base.Pose;
            var local = here.ToPose().Inverse() * goal.ToPose();
            var turn = Angle.Wrap(goal.Yaw - here.Yaw);
            if (local.Position.LengthXY < 0.003 && Math.Abs(turn) < 0.004) break;
            World.Base.SetVelocity(1.5 * local.Position.X, 1.5 * local.Position.Y, 2 * turn);
            Wait(0.01);
        }
        World.Base.SetVelocity(0, 0, 0);
        Wait(0.5);
    }

    /// <summary>Moves tool0 to a pose of the map, in joint space or on a line.</summary>
    public bool MoveTo(Pose target, bool line = false, double speed = 0.25)
    {
        var inBase = Base.Inverse() * target;
        ImmutableArray<double> from = [.. World.Arm.Positions];
        if (line) return Straight(from, inBase, speed);
        var solved = kinematics.Solve(inBase, from.AsSpan(), chance);
        if (!solved.Converged) return false;
        Follow(TrajectoryPlanner.Through(chain.JointNames, [from, solved.Q], limits.Scaled(0.7)));
        return true;
    }

    public void MoveTo(string posture) =>
        Follow(TrajectoryPlanner.Through(chain.JointNames, [[.. World.Arm.Positions], World.Robot.Posture(posture)], limits.Scaled(0.7)));

    public void Grip(double width, double force, double seconds = 1.2)
    {
        World.Gripper.Command(width, force);
        Wait(seconds);
    }

    public void Wait(double seconds)
    {
        for (var i = 0; i < (int)Math.Round(seconds / SimWorld.StepSeconds); i++) Step();
    }

    public void Dispose() => World.Dispose();

    private bool Straight(ImmutableArray<double> from, Pose inBase, double speed)
    {
        var result = TrajectoryPlanner.Straight(chain, from, inBase, limits, chance, new() { MaxToolSpeed = speed });
        if (result.Trajectory is null) return false;
        Follow(result.Trajectory);
        return true;
    }

    private void Follow(JointTrajectory trajectory)
    {
        for (var time = 0.0; time < trajectory.DurationSeconds + 0.1; time += SimWorld.StepSeconds * StepsAControlPeriod)
        {
            var point = trajectory.Sample(time);
            World.Arm.SetTarget(point.Positions.AsSpan(), point.Velocities.AsSpan());
            for (var i = 0; i < World.Arm.JointCount; i++) WorstTracking = Math.Max(WorstTracking, Math.Abs(World.Arm.Positions[i] - point.Positions[i]));
            for (var i = 0; i < StepsAControlPeriod; i++) Step();
        }
    }

    private void Step()
    {
        World.Step();
        AfterStep?.Invoke();
    }
}
