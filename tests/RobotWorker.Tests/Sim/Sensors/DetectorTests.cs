using RobotWorker.Motion;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Tests.Sim.Sensors;

public class DetectorTests
{
    private static readonly PinholeCamera Camera = PinholeCamera.WithField(640, 480, 0.9, 0.15, 3);
    private static readonly Vec3 Size = new(0.06, 0.06, 0.1);

    private static Sighting Cup(Vec3 at) => new("cup/red", new(at, Quat.Identity), Size, 1);

    private static DetectionCorrupter Corrupter(DetectorNoise noise, ulong seed = 1) => new(noise, Camera, [("cup/red", Size), ("can/green", Size)], seed, "e");

    [Test]
    public void Look_InViewAndFree_IsSeenWhereItIs()
    {
        var eye = new Pose(new(1, 2, 1.5), Quat.FromRpy(-2, 0.1, 0.4));
        var cup = new SensedObject("cup_7", "cup/red", eye * new Pose(new(0.1, -0.05, 1.2), Quat.FromYaw(0.3)), Size);

        var seen = new GeometricDetector(Camera).Look(eye, [cup], (_, _) => 1);

        Assert.That(seen, Has.Count.EqualTo(1));
        Assert.That((seen[0].Pose.Position - new Vec3(0.1, -0.05, 1.2)).Length, Is.LessThan(1e-9));
    }

    [TestCase(0, 0, 5, 1.0, TestName = "Look_TooFar_IsNotSeen")]
    [TestCase(0, 0, -1, 1.0, TestName = "Look_Behind_IsNotSeen")]
    [TestCase(2, 0, 1, 1.0, TestName = "Look_BesideTheImage_IsNotSeen")]
    [TestCase(0, 0, 1, 0.2, TestName = "Look_HiddenBehindSomething_IsNotSeen")]
    public void Look_NotToBeSeen(double x, double y, double z, double share) =>
        Assert.That(new GeometricDetector(Camera).Look(Pose.Identity, [new("cup_7", "cup/red", new(new(x, y, z), Quat.Identity), Size)], (_, _) => share), Is.Empty);

    [Test]
    public void Corrupt_ManyImages_ErrsAsItSays()
    {
        const int images = 20000;
        var corrupter = Corrupter(DetectorNoise.Default);
        var (missed, ghosts) = (0, 0);
        double x2 = 0, y2 = 0, z2 = 0, turn2 = 0, sum = 0;
        for (var i = 0; i < images; i++)
        {
            var reported = corrupter.Corrupt([Cup(new(0, 0, 1))]);
            // A ghost may land anywhere in view: near the cup is rare enough not to matter here.
            var cup = reported.FirstOrDefault(s => (s.Pose.Position - new Vec3(0, 0, 1)).Length < 0.05);
            ghosts += reported.Count(s => s != cup);
            if (cup is null)
            {
                missed++;
                continue;
            }
            var off = cup.Pose.Position - new Vec3(0, 0, 1);
            (x2, y2, z2, sum) = (x2 + (off.X * off.X), y2 + (off.Y * off.Y), z2 + (off.Z * off.Z), sum + off.X);
            var turn = cup.Pose.Rotation.ToRotationVector();
            turn2 += turn.Dot(turn) / 3;
        }
        var seen = images - missed;
        Assert.That(missed / (double)images, Is.EqualTo(0.05).Within(0.006));
        Assert.That(ghosts / (double)images, Is.EqualTo(0.01).Within(0.003));
        Assert.That(new[] { x2, y2, z2 }.Select(s => Math.Sqrt(s / seen)), Is.All.EqualTo(0.005).Within(0.0002));
        Assert.That(sum / seen, Is.EqualTo(0).Within(0.0002));
        Assert.That(Math.Sqrt(turn2 / seen) * 180 / Math.PI, Is.EqualTo(2).Within(0.1));
    }

    [Test]
    public void Corrupt_FalseDetection_IsOfTheSceneAndInView()
    {
        var corrupter = Corrupter(DetectorNoise.None with { FalseRate = 1 });
        for (var i = 0; i < 200; i++)
        {
            var ghost = corrupter.Corrupt([]).Single();
            Assert.That(ghost.Class, Is.AnyOf("cup/red", "can/green"));
            Assert.That(Camera.Sees(ghost.Pose.Position), $"{ghost.Pose.Position}");
        }
    }

    [Test]
    public void Corrupt_SameSeed_IsTheSame_OtherSeedIsNot()
    {
        var (a, b, c) = (Corrupter(DetectorNoise.Default), Corrupter(DetectorNoise.Default), Corrupter(DetectorNoise.Default, seed: 2));
        var differs = false;
        for (var i = 0; i < 50; i++)
        {
            var (fromA, fromB, fromC) = (a.Corrupt([Cup(new(0, 0, 1))]), b.Corrupt([Cup(new(0, 0, 1))]), c.Corrupt([Cup(new(0, 0, 1))]));
            Assert.That(fromA, Is.EqualTo(fromB));
            differs |= !fromA.SequenceEqual(fromC);
        }
        Assert.That(differs);
    }
}
