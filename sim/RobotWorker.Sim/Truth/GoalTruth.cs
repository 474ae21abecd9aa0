using RobotWorker.Motion;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.World;

namespace RobotWorker.Sim.Truth;

/// <summary>Evaluates conditions on the simulator's state: what really is, apart from what the worker believes.</summary>
public sealed class GoalTruth(SimWorld world, TruthLog log)
{
    // A thing lies on a surface when its lowest point is this near to it.
    private const double Contact = 0.01;

    /// <summary>
    /// Whether the condition holds now, or null where that cannot be told: what the worker has seen, reaches or knows (located, reachable, localized) is no
    /// state of the world, and a name may be none of the scene's. Null is Kleene's unknown, as the operators of <c>bool?</c> have it.
    /// </summary>
    public bool? Holds(Condition condition) => condition switch
    {
        Condition.Holds holds => Holds(holds.Atom),
        Condition.Not not => !Holds(not.Inner),
        Condition.All all => all.Items.Aggregate((bool?)true, (sofar, item) => sofar & Holds(item)),
        Condition.Any any => any.Items.Aggregate((bool?)false, (sofar, item) => sofar | Holds(item)),
        _ => null,
    };

    private bool? Holds(Atom atom) => (atom.Predicate, atom.Arguments.Length) switch
    {
        ("on", 2) => IsObject(atom.Arguments[0]) && world.Scene.Scene.Surface(atom.Arguments[1]) is { } surface ? IsOn(atom.Arguments[0], surface) : null,
        ("in", 2) => IsObject(atom.Arguments[0]) && world.Scene.Scene.Container(atom.Arguments[1]) is { } container ? IsIn(atom.Arguments[0], container) : null,
        ("holding", 2) => IsObject(atom.Arguments[1]) ? log.IsHeld(atom.Arguments[1]) : null,
        ("empty", 1) => world.Scene.Objects.All(o => !log.IsHeld(o.Name)),
        ("at", 2) => world.Scene.Scene.Place(atom.Arguments[1]) is { } place ? IsAt(place) : null,
        ("serves", 2) => world.Scene.Scene.Place(atom.Arguments[0]) is { } place ? place.Serves == atom.Arguments[1] : null,
        _ => null,
    };

    private bool IsObject(string name) => world.Scene.Object(name) is not null;

    private bool IsOn(string name, Surface surface)
    {
        var pose = world.ObjectPose(name);
        return !log.IsHeld(name) && surface.Spans(pose.Position) && Math.Abs(pose.Position.Z - Below(name, pose) - surface.Height) < Contact;
    }

    private bool IsIn(string name, Container container) => !log.IsHeld(name) && container.Holds(world.ObjectPose(name).Position);

    // As near as a navigation goal is met.
    private bool IsAt(StandingPlace place)
    {
        var here = world.Base.Pose;
        return new Vec3(here.X - place.At.X, here.Y - place.At.Y, 0).Length < 0.1 && Math.Abs(Angle.Wrap(here.Yaw - place.At.Yaw)) < 0.15;
    }

    // How far the object's lowest point is below its centre.
    private double Below(string name, Pose pose)
    {
        var o = world.Scene.Object(name)!.Object;
        var (x, y, z) = (pose.Rotation.Rotate(Vec3.UnitX).Z, pose.Rotation.Rotate(Vec3.UnitY).Z, pose.Rotation.Rotate(Vec3.UnitZ).Z);
        return o.Shape == ObjectShape.Cylinder
            ? (Math.Abs(z) * o.Size.Z / 2) + (Math.Sqrt(Math.Max(0, 1 - (z * z))) * o.Size.X / 2)
            : ((Math.Abs(x) * o.Size.X) + (Math.Abs(y) * o.Size.Y) + (Math.Abs(z) * o.Size.Z)) / 2;
    }
}
