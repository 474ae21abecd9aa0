using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Skills.Standard;

/// <summary>What a skill has at hand for one attempt.</summary>
internal sealed record SkillContext(
    Attempt Attempt, GoalRunner Goals, GoalTimeouts Timeouts, RobotSenses Senses, RobotActions Actions, ArmPlanner Arm, RobotProfile Profile, SiteMap Site, Hand Hand)
{
    private static readonly ImmutableArray<string> CompactPostures = ["home", "carry"];

    public CancellationToken Cancel => Goals.Cancel;

    public ImmutableArray<double> Joints => [.. Senses.Joints.Arm];

    /// <summary>An argument of the step; the checker saw to it that it is there.</summary>
    public string Argument(string name) => Attempt.Arguments.TryGetValue(name, out var value)
        ? value
        : throw StepFailedException.Failed("MISSING_ARGUMENT", $"the skill {Attempt.Skill} needs '{name}'");

    public KnownObject Object(string name) =>
        Site.FindObject(name) ?? throw StepFailedException.Failed("NO_SUCH_OBJECT", $"the site has no object '{name}'");

    /// <summary>map_from_base, or the step fails: without it no pose means anything.</summary>
    public Pose MapFromBase => Senses.Base.Pose ?? throw StepFailedException.Failed("NOT_LOCALIZED", "where the base is in the map is not known");

    public ImmutableArray<double> Posture(string name) => Profile.Postures.TryGetValue(name, out var joints)
        ? joints
        : throw StepFailedException.Failed("NO_SUCH_POSTURE", $"the robot knows no posture '{name}'");

    /// <summary>The step fails unless the hand is known to be empty: one that may hold something is not opened.</summary>
    /// <exception cref="StepFailedException">HAND_FULL.</exception>
    public void ExpectEmptyHand()
    {
        if (Senses.Gripper.IsEmpty) return;
        throw StepFailedException.Failed(
            "HAND_FULL", $"the gripper may hold something (opening {Senses.Joints.GripperWidth * 1000:0} mm, force {Senses.Joints.GripperForce:0} N); it is not moved");
    }

    public Task FollowAsync(JointTrajectory trajectory) => Actions.FollowAsync(Goals, trajectory, Timeouts);

    /// <summary>The tool straight to a pose in the base frame, planned from where the joints are now.</summary>
    public Task StraightAsync(Pose tool, string what) => Arm.Straight(Joints, tool) is { } trajectory
        ? FollowAsync(trajectory)
        : throw StepFailedException.Failed("NO_PATH", $"no straight line {what}");

    /// <summary>The tool straight up from where it is, as far as it gets of these shares of a way; false: not even the last.</summary>
    public async Task<bool> RiseAsync(double metres, params ImmutableArray<double> shares)
    {
        foreach (var share in shares)
            if (Arm.Straight(Joints, Above(Arm.Tool(Joints), share * metres)) is { } up)
            {
                await FollowAsync(up);
                return true;
            }
        return false;
    }

    /// <summary>Whether the arm is as near to furniture or to an object as it comes only where it works on one.</summary>
    public bool IsAmongThings => Arm.Hits(Joints, Obstacles.Of(Site, MapFromBase, Others(null), Profile, 0));

    public static Pose Above(Pose pose, double metres) => pose with { Position = pose.Position + new Vec3(0, 0, metres) };

    /// <summary>Into a named posture, clear of everything that is known but what is held or was just let go.</summary>
    /// <param name="carried">How far what is held reaches below tool0, metres.</param>
    public Task ToPostureAsync(string name, double carried, string? justLetGo = null)
    {
        var obstacles = Obstacles.Of(Site, MapFromBase, Others(Hand.Held?.Object ?? justLetGo), Profile, carried);
        var trajectory = Arm.Clear(Joints, Posture(name), Posts, obstacles)
            ?? throw StepFailedException.Failed("NO_PATH", $"no clear way of the arm to posture '{name}'");
        return FollowAsync(trajectory);
    }

    /// <summary>Compact postures that a way may lead over.</summary>
    public ImmutableArray<ImmutableArray<double>> Posts => [.. CompactPostures.Where(Profile.Postures.ContainsKey).Select(p => Profile.Postures[p])];

    /// <summary>Every object that was seen, but one: centre in the map and radius, metres. Another process may have seen it: what it believed stands in the way until it is seen elsewhere.</summary>
    public IEnumerable<(Vec3 At, double Radius)> Others(string? but) =>
        from item in Site.Objects
        where item.Name != but
        let pose = Senses.Objects.WhereIs(item.Name)?.Pose ?? Attempt.World.WhereIs(item.Name)?.Pose
        where pose is not null
        select (pose.Value.Position, item.Shape.Footprint);

    /// <summary>Whether this process has not seen yet where something is that another one saw.</summary>
    public bool GoesByHearsay(string? but) =>
        Site.Objects.Any(item => item.Name != but && Senses.Objects.WhereIs(item.Name) is null && Attempt.World.WhereIs(item.Name) is not null);
}
