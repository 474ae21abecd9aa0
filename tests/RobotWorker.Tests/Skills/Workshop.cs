using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Skills;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills;

/// <summary>A small site: a table ahead of the place <c>table_side</c>, a bin to its left, two cups of which nobody knows where they are.</summary>
internal static class Workshop
{
    public static readonly KnownObject CupRed = new("cup_red", "cup/red", "cup", new ObjectShape.Cylinder(0.025, 0.08));
    public static readonly KnownObject CupBlue = new("cup_blue", "cup/blue", "cup", new ObjectShape.Cylinder(0.025, 0.08));
    public static readonly Surface Table = new("table", At(0.8, 0, 0.7), 0.6, 0.7);

    public static readonly SiteMap Site = new(
        [new("table_side", Pose.Identity, ["table"])], [Table], [new("bin", At(0, 1, 0.3), 0.3, 0.3, 0.1)], [CupRed, CupBlue]);

    public static readonly RobotProfile Profile = new(
        "bench", FrameNames.Standard, RosNames.Standard, ["j1", "j2", "j3", "j4", "j5", "j6", "j7"], "gripper_joint",
        new(OpenWidth: 0.085, EmptyWidth: 0.01, GraspForce: 40, HoldForce: 12, FingerReach: 0.013),
        ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("carry", Motion.Arm.Ready).Add("home", Motion.Arm.Ready),
        StillThresholds.Standard, new(0.8, 3.5, 0.25), []);

    public static readonly SkillCatalogue Catalogue = SkillCatalogueReader.BuiltIn;

    public static PredicateTable Predicates => Catalogue.Predicates;

    public static Pose At(double x, double y, double z) => new(new(x, y, z), Quat.Identity);

    public static RobotTime Seconds(double seconds) => RobotTime.FromSeconds(seconds);
}
