using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;
using RobotWorker.Tests.Motion;

namespace RobotWorker.Tests.Skills.Manipulation;

/// <summary>The arm's ways around things. A block of furniture stands where the tool would sweep through.</summary>
public sealed class ArmPlannerTests
{
    private static readonly ImmutableArray<double> High = [0, -1.3, 0, -2.2, 0, 1.7, 0.785];

    private readonly ArmPlanner planner = new(Arm.Chain, Workshop.Profile.Scale, Arm.Ready, Arm.Chance("planner"));

    [Test]
    public void Clear_NothingAbout_GoesStraightThere()
    {
        var way = planner.Clear(Turned(-0.8), Turned(0.8), [High], Around());

        Assert.That(way!.DurationSeconds, Is.EqualTo(planner.Through(Turned(-0.8), Turned(0.8)).DurationSeconds));
        Assert.That(way.Points[^1].Positions[0], Is.EqualTo(0.8).Within(1e-9));
    }

    [Test]
    public void Clear_ThroughTheTable_IsRefused() => Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], Around(BlockAt(0))), Is.Null);

    [Test]
    public void Clear_OverAPost_IsAccepted()
    {
        var obstacles = Around(BlockAt(0));
        var way = planner.Clear(Turned(-0.8), Turned(0.8), [High], obstacles)!;

        Assert.That(way, Is.Not.Null);
        Assert.That(Enumerable.Range(0, 200).Any(i => Hits(way, i / 199.0, obstacles)), Is.False);
        Assert.That(way.Points[^1].Positions[0], Is.EqualTo(0.8).Within(1e-9));
    }

    [Test]
    public void Clear_BeginsWithinTheMargin_MayLeave()
    {
        var obstacles = Around(BlockAt(-0.8));
        Assert.That(obstacles.Hit(Arm.Chain.ForwardAll(Turned(-0.8).AsSpan())), "it begins too close");

        Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], obstacles), Is.Not.Null);
    }

    [Test]
    public void Clear_BeginsWithinTheMargin_MayNotComeBackToAnything() =>
        Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], Around(BlockAt(-0.8), BlockAt(0.2))), Is.Null);

    [Test]
    public void Clear_EndsWithinTheMargin_IsRefused() => Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [High], Around(BlockAt(0.8))), Is.Null);

    [Test]
    public void Clear_AnObjectInTheWay_IsKeptClearOf()
    {
        var tip = planner.Tool(Turned(0)).Position;
        Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], Around([], [(tip, 0.04)])), Is.Null);
        Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], Around([], [(tip - new Vec3(0, 0, 0.2), 0.04)])), Is.Not.Null);
    }

    [Test]
    public void Clear_WhatIsCarriedHangsLower_IsCounted()
    {
        var tip = planner.Tool(Turned(0)).Position;
        var low = BlockAt(0) with { Top = new(tip - new Vec3(0, 0, 0.06), Quat.Identity) };

        Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], Around([low], carried: 0)), Is.Not.Null);
        Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], Around([low], carried: 0.08)), Is.Null);
    }

    [Test]
    public void Clear_TheRobotsOwnMast_IsKeptClearOf()
    {
        var wrist = Arm.Chain.ForwardAll(Turned(0).AsSpan())[^3].Pose.Position;
        var profile = Workshop.Profile with { Body = [new(wrist, new(0.03, 0.03, 0.03))] };
        var obstacles = Obstacles.Of(new([], [], [], []), Pose.Identity, [], profile, 0);

        Assert.That(planner.Clear(Turned(-0.8), Turned(0.8), [], obstacles), Is.Null);
    }

    [Test]
    public void Obstacles_StandInTheMap_TheArmInTheBase()
    {
        // The base has turned by 0.8: what was at its right is now straight ahead of it.
        var site = new SiteMap([], [BlockAt(0)], [], []);
        var ahead = Turned(0);
        var links = Arm.Chain.ForwardAll(ahead.AsSpan());

        Assert.That(Obstacles.Of(site, Pose.Identity, [], Workshop.Profile, 0).Hit(links));
        Assert.That(Obstacles.Of(site, Pose.Planar(0, 0, 0.8), [], Workshop.Profile, 0).Hit(links), Is.False);
        Assert.That(Obstacles.Of(site, Pose.Planar(0, 0, 0.8), [], Workshop.Profile, 0).Hit(Arm.Chain.ForwardAll(Turned(-0.8).AsSpan())));
    }

    [TestCase(0.10, 0.0, true, Description = "a finger would come down on the near wall")]
    [TestCase(0.16, 0.0, false, Description = "the tray is out of the fingers' way")]
    [TestCase(0.10, Math.PI / 2, false, Description = "the hand is turned: its fingers open along the wall")]
    public void HitsWithFingers_OfATrayBesideTheHand(double aside, double turned, bool hits)
    {
        // Ten centimetres broad: the near wall is at aside - 0.05, and a finger, 85 mm open, at 0.0485.
        var tray = new Container("tray", new(new(0.5, aside, 0.7), Quat.Identity), 0.2, 0.1, 0.05);
        var hand = new Pose(new(0.5, 0, 0.72), GraspPlanner.PointingDown(Quat.FromYaw(turned).Rotate(Vec3.UnitY)));

        Assert.That(Obstacles.Of(new([], [], [tray], []), Pose.Identity, [], Workshop.Profile, 0).HitsWithFingers(hand), Is.EqualTo(hits));
        Assert.That(Obstacles.Of(new([], [], [tray], []), Pose.Identity, [], Workshop.Profile, 0).HitsWithFingers(hand with { Position = hand.Position + new Vec3(0, 0, 0.1) }), Is.False, "above the rim");
    }

    [TestCase(0.07, true)]
    [TestCase(0.12, false)]
    public void HitsWithFingers_OfAnotherObject(double aside, bool hits)
    {
        var hand = new Pose(new(0.5, 0, 0.72), GraspPlanner.PointingDown(Vec3.UnitY));

        Assert.That(Around([], [(new(0.5, aside, 0.73), 0.03)]).HitsWithFingers(hand), Is.EqualTo(hits));
        Assert.That(Around([], [(new(0.5, -aside, 0.73), 0.03)]).HitsWithFingers(hand), Is.EqualTo(hits), "the other finger");
    }

    [Test]
    public void Hits_WhereTheHandWorks_NotWhereItHasRisen()
    {
        var surface = BlockAt(0);

        Assert.That(planner.Hits(Turned(0), Around(surface)));
        Assert.That(planner.Hits(High, Around(surface)), Is.False);
    }

    [Test]
    public void Nearest_TheLeastTurnedComesFirst_WhatIsOutOfReachIsLeftOut()
    {
        var choices = new[] { ("far", planner.Tool(Turned(1.2))), ("beyond", Workshop.At(5, 0, 0.5)), ("near", planner.Tool(Turned(0.2))), ("middle", planner.Tool(Turned(-0.6))) };
        var found = planner.Nearest(choices, Turned(0));

        Assert.That(found.Select(f => f.Choice), Is.EqualTo(["near", "middle", "far"]));
        foreach (var (choice, joints) in found)
            Assert.That((planner.Tool(joints).Position - choices.Single(c => c.Item1 == choice).Item2.Position).Length, Is.LessThan(1e-3));
    }

    private static ImmutableArray<double> Turned(double yaw) => Arm.Ready.SetItem(0, yaw);

    /// <summary>A narrow piece of furniture that rises 5 cm above where the tool is when the arm has turned by an angle.</summary>
    private static Surface BlockAt(double yaw)
    {
        var tool = Arm.Chain.Forward(Turned(yaw).AsSpan()).Position;
        return new("block", new(tool + new Vec3(0, 0, 0.05), Quat.FromYaw(yaw)), 0.1, 0.1);
    }

    private static Obstacles Around(params Surface[] blocks) => Around([.. blocks], []);

    private static Obstacles Around(ImmutableArray<Surface> blocks, (Vec3 At, double Radius)[]? objects = null, double carried = 0) =>
        Obstacles.Of(new([], blocks, [], []), Pose.Identity, objects ?? [], Workshop.Profile, carried);

    private static bool Hits(JointTrajectory way, double part, Obstacles obstacles) =>
        obstacles.Hit(Arm.Chain.ForwardAll(way.Sample(way.DurationSeconds * part).Positions.AsSpan()));
}
