using RobotWorker.Motion;
using RobotWorker.Sim.Controllers.Floor;

namespace RobotWorker.Tests.Sim.Controllers;

/// <summary>The follower on an ideal base that does what it is told: what is left is the law itself.</summary>
public class PathFollowerTests
{
    private const double Period = 0.01;

    [Test]
    public void Next_RoundACorner_StaysNearTheLineAndArrives()
    {
        FloorPoint[] way = [new(0, 0), new(1.5, 0), new(1.5, 1.5)];
        var run = Drive(way, goalYaw: 2.5);

        Assert.That(run.At.DistanceTo(way[^1]), Is.LessThan(0.005));
        Assert.That(Math.Abs(Angle.Wrap(2.5 - run.Yaw)), Is.LessThan(0.5 * Math.PI / 180));
        Assert.That(run.MostOff, Is.LessThan(0.05));
        Assert.That(run.Seconds, Is.LessThan(7));
    }

    [Test]
    public void Next_AllTheWay_KeepsSpeedAndAccelerationLimits()
    {
        var run = Drive([new(0, 0), new(1, 1), new(2, 0)], goalYaw: -3);

        Assert.That(run.MostSpeed, Is.LessThanOrEqualTo(FloorLimits.Default.Speed + 1e-9));
        Assert.That(run.MostSpeed, Is.GreaterThan(0.5), "it should not crawl");
        Assert.That(run.MostTurn, Is.LessThanOrEqualTo(FloorLimits.Default.TurnRate + 1e-9));
    }

    [Test]
    public void Next_BlockedBase_IsNotDraggedAlong()
    {
        var follower = new PathFollower(new SpeedProfile([new(0, 0), new(3, 0)], FloorLimits.Default), 0, FloorLimits.Default);
        for (var i = 0; i < 1000; i++) follower.Next(new(0, 0), 0, FloorVelocity.Zero, Period);

        Assert.That(follower.DistanceRemaining(new(0, 0)), Is.GreaterThan(2.8));
        Assert.That(follower.AtEnd, Is.False);
    }

    [Test]
    public void Next_GoalIsWhereItStands_OnlyTurns()
    {
        var run = Drive([new(1, 1), new(1, 1)], goalYaw: 1);

        Assert.That(run.At.DistanceTo(new(1, 1)), Is.LessThan(1e-3));
        Assert.That(run.Yaw, Is.EqualTo(1).Within(0.01));
    }

    private static (FloorPoint At, double Yaw, double Seconds, double MostOff, double MostSpeed, double MostTurn) Drive(FloorPoint[] way, double goalYaw)
    {
        var limits = FloorLimits.Default;
        var follower = new PathFollower(new SpeedProfile([.. way], limits), goalYaw, limits);
        var (at, yaw, velocity) = (way[0], 0.0, FloorVelocity.Zero);
        var (seconds, off, speed, turn) = (0.0, 0.0, 0.0, 0.0);
        while (seconds < 30 && !(follower.AtEnd && follower.DistanceRemaining(at) < 0.004 && follower.TurnRemaining(yaw) < 0.008 && velocity.Linear.Length < 0.01))
        {
            velocity = velocity.Toward(follower.Next(at, yaw, velocity, Period), limits, Period);
            (at, yaw, seconds) = (at + (velocity.Linear * Period), yaw + (velocity.Turn * Period), seconds + Period);
            (off, speed, turn) = (Math.Max(off, Off(way, at)), Math.Max(speed, velocity.Linear.Length), Math.Max(turn, Math.Abs(velocity.Turn)));
        }
        return (at, yaw, seconds, off, speed, turn);
    }

    private static double Off(FloorPoint[] way, FloorPoint at)
    {
        var nearest = double.PositiveInfinity;
        for (var i = 1; i < way.Length; i++)
        {
            var along = way[i] - way[i - 1];
            var share = along.Length < 1e-9 ? 0 : Math.Clamp((at - way[i - 1]).Dot(along) / along.Dot(along), 0, 1);
            nearest = Math.Min(nearest, at.DistanceTo(way[i - 1] + (along * share)));
        }
        return nearest;
    }
}
