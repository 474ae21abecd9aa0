using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Arm;
using RobotWorker.Motion;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>What is believed of a thing that nobody sees, by what the hand does and feels.</summary>
public sealed class TaughtObjectTests
{
    private static readonly TaughtObject Block = new("block", "box/red", new(0.03, 0.03, 0.04), At(0.1, 0.2, 0.02));

    private static readonly double[] Levels = [0, 0.08];

    [Test]
    public void HandThatIsElsewhere_OrOpen_LeavesItWhereItIs()
    {
        Assert.That(Block.After(new(At(0.2, 0.2, 0.02), 0.03, 5), isNearest: true, Levels), Is.EqualTo(Block), "pressing on something else");
        Assert.That(Block.After(new(At(0.1, 0.2, 0.02), 0.06, 0), isNearest: true, Levels), Is.EqualTo(Block), "open around it");
    }

    [Test]
    public void HandThatCloses_TakesIt_CarriesIt_AndLeavesItWhereItOpens()
    {
        var held = Block.After(new(At(0.1, 0.2, 0.025), 0.03, 5), isNearest: true, Levels);
        var carried = held.After(new(At(0.3, -0.1, 0.225), 0.031, 5), isNearest: false, Levels);
        var left = carried.After(new(At(0.3, -0.1, 0.105), 0.05, 0), isNearest: true, Levels);
        var away = left.After(new(At(0.3, -0.1, 0.3), 0.08, 0), isNearest: true, Levels);

        Assert.That(held.Held, Is.Not.Null);
        Assert.That((carried.Pose.Position - new Vec3(0.3, -0.1, 0.22)).Length, Is.LessThan(1e-9), "as it lay in the hand");
        Assert.That((left.Held, away.Pose), Is.EqualTo((((Pose, double)?)null, left.Pose)));
        Assert.That((away.Pose.Position - new Vec3(0.3, -0.1, 0.1)).Length, Is.LessThan(1e-9), "on the level of 0.08");
    }

    [Test]
    public void WhatIsLetGoHighUp_FallsToTheLevelBelow()
    {
        var held = Block.After(new(At(0.1, 0.2, 0.02), 0.03, 5), isNearest: true, Levels);

        Assert.That(held.After(new(At(0.3, 0, 0.5), 0.06, 0), isNearest: false, Levels).Pose.Position.Z, Is.EqualTo(0.1).Within(1e-9));
        Assert.That(held.After(new(At(0.3, 0, 0.06), 0.06, 0), isNearest: false, Levels).Pose.Position.Z, Is.EqualTo(0.02).Within(1e-9));
        Assert.That(held.After(new(At(0.3, 0, 0.5), 0.06, 0), isNearest: false, []).Pose.Position.Z, Is.EqualTo(0.5).Within(1e-9), "of levels nobody said anything");
    }

    [Test]
    public void HandThatTurns_TurnsIt()
    {
        var held = Block.After(new(At(0.1, 0.2, 0.02), 0.03, 5), isNearest: true, Levels);

        var turned = held.After(new(new(new(0, 0, 0.2), Quat.FromAxisAngle(Vec3.UnitZ, Math.PI / 2)), 0.03, 5), isNearest: false, Levels);

        Assert.That(turned.Pose.Rotation.Rotate(Vec3.UnitX).Y, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void HandThatClosesOnNothing_SaysThatItIsNotThere_AndNoLaterTouchBringsItBack()
    {
        var lost = Block.After(new(At(0.1, 0.2, 0.02), 0.002, 5), isNearest: true, Levels);

        Assert.That(lost.IsLost, Is.True);
        Assert.That(lost.After(new(At(0.1, 0.2, 0.02), 0.03, 5), isNearest: true, Levels), Is.EqualTo(lost));
    }

    [Test]
    public void OfTwoThatAreNear_OneHandTakesOne() =>
        Assert.That(Block.After(new(At(0.1, 0.2, 0.02), 0.03, 5), isNearest: false, Levels), Is.EqualTo(Block));

    [Test]
    public void File_IsRead_AndWhatIsWrongInIt_IsSaidWithItsPlace()
    {
        var bag = new DiagnosticBag();
        var read = TaughtPlacesReader.Read("""
            taught: robotworker/v1
            objects:
            - {name: block, class: box/red, size: [0.03, 0.03, 0.04], at: [0.1, 0.2, 0.02], yaw: 0.5}
            levels: [0.3]
            """, "taught.yaml", bag);
        TaughtPlacesReader.Read("""
            taught: robotworker/v1
            objects:
            - {name: block, class: box/red, size: [0.03, 0, 0.04], at: [0.1, 0.2, 0.02]}
            - {name: block, class: box/blue, size: [0.03, 0.03, 0.04], at: [0.1, 0.2]}
            """, "taught.yaml", bag);

        Assert.That(read!.Levels, Is.EqualTo([0, 0.3]));
        Assert.That(read.Objects, Is.EqualTo(new[] { Block with { Pose = Block.Pose with { Rotation = Quat.FromAxisAngle(Vec3.UnitZ, 0.5) } } }));
        Assert.That(bag.All.Select(d => (d.Place.Line, d.Code)), Is.EquivalentTo(new[] { (3, Codes.OutOfRange), (4, Codes.WrongLength), (3, Codes.GivenTwice) }), string.Join("\n", bag.All));
    }

    private static Pose At(double x, double y, double z) => new(new(x, y, z), Quat.Identity);
}
