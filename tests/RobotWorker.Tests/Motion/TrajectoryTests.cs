using System.Collections.Immutable;
using CsCheck;
using RobotWorker.Motion;

namespace RobotWorker.Tests.Motion;

public class TrajectoryTests
{
    private static readonly TrajectoryLimits Limits = TrajectoryLimits.Of(Arm.Chain, acceleration: 6);

    private static readonly Gen<ImmutableArray<double>> Posture =
        Gen.Double[0, 1].Array[7].Select(u => u.Select((x, i) => Arm.Chain.Joints[i].Limits is var l ? l.Lower + (x * (l.Upper - l.Lower)) : 0).ToImmutableArray());

    [Test]
    public void Through_RandomWaypoints_KeepsEveryLimitAndRests() =>
        Posture.List[1, 6].Sample(waypoints =>
        {
            var trajectory = TrajectoryPlanner.Through(Arm.Chain.JointNames, waypoints, Limits);
            AssertSound(trajectory, Limits, waypoints[0], waypoints[^1]);
        }, iter: 60);

    [Test]
    public void Through_WaypointsInBetween_ArePassed() =>
        Posture.List[3, 5].Sample(waypoints =>
        {
            var trajectory = TrajectoryPlanner.Through(Arm.Chain.JointNames, waypoints, Limits);
            foreach (var waypoint in waypoints)
            {
                var nearest = double.PositiveInfinity;
                for (var t = 0.0; t <= trajectory.DurationSeconds; t += 0.001)
                    nearest = Math.Min(nearest, trajectory.Sample(t).Positions.Zip(waypoint, (a, b) => Math.Abs(a - b)).Max());
                Assert.That(nearest, Is.LessThan(0.01), "radians");
            }
        }, iter: 30);

    [Test]
    public void Through_OneLongMove_IsNearlyAsFastAsTheTrapezoid()
    {
        // 3 rad at 2 rad/s and 6 rad/s²: 3/2 + 2/6 = 1.833 s; the smoothing adds 0.08 s.
        var to = Arm.Ready.SetItem(0, 2.0);
        var trajectory = TrajectoryPlanner.Through(Arm.Chain.JointNames, [Arm.Ready.SetItem(0, -1.0), to], Limits);
        Assert.That(trajectory.DurationSeconds, Is.InRange(1.833, 2.0));
    }

    [Test]
    public void Through_OnlyOnePlace_IsOnePointAtRest()
    {
        var trajectory = TrajectoryPlanner.Through(Arm.Chain.JointNames, [Arm.Ready, Arm.Ready], Limits);
        Assert.That(trajectory.Points, Has.Length.EqualTo(1));
        Assert.That(trajectory.DurationSeconds, Is.Zero);
        Assert.That(trajectory.Sample(1).Positions, Is.EqualTo(Arm.Ready));
    }

    [Test]
    public void Through_ThereAndBack_TurnsRoundWithinTheLimits()
    {
        var away = Arm.Ready.SetItem(0, 1.5).SetItem(3, -1.0);
        var trajectory = TrajectoryPlanner.Through(Arm.Chain.JointNames, [Arm.Ready, away, Arm.Ready], Limits);
        AssertSound(trajectory, Limits, Arm.Ready, Arm.Ready);
        Assert.That(trajectory.Sample(trajectory.DurationSeconds / 2).Positions[0], Is.EqualTo(1.5).Within(0.02));
    }

    [Test]
    public void Through_TinyMove_IsShortAndSound() =>
        Gen.Double[1e-7, 1e-2].Sample(step =>
        {
            var to = Arm.Ready.SetItem(5, Arm.Ready[5] + step);
            AssertSound(TrajectoryPlanner.Through(Arm.Chain.JointNames, [Arm.Ready, to], Limits), Limits, Arm.Ready, to);
        }, iter: 50);

    [Test]
    public void Through_LimitsOfZero_AreRefused() =>
        Assert.That(() => TrajectoryPlanner.Through(Arm.Chain.JointNames, [Arm.Ready], TrajectoryLimits.Of(Arm.Chain, 0)), Throws.ArgumentException);

    [Test]
    public void Straight_Downwards_StaysOnTheLineAndKeepsTheToolStill()
    {
        var start = Arm.Chain.Forward(Arm.Ready.AsSpan());
        var target = start with { Position = start.Position - new Vec3(0, 0, 0.2) };
        var result = TrajectoryPlanner.Straight(Arm.Chain, Arm.Ready, target, Limits, Arm.Chance("straight"));
        Assert.That(result.WhyNot, Is.Null);
        var trajectory = result.Trajectory!;
        AssertSound(trajectory, Limits, Arm.Ready, trajectory.Points[^1].Positions);
        for (var t = 0.0; t <= trajectory.DurationSeconds; t += 0.005)
        {
            var tip = Arm.Chain.Forward(trajectory.Sample(t).Positions.AsSpan());
            Assert.That((tip.Position - start.Position).LengthXY, Is.LessThan(0.5e-3), "metres beside the line");
            Assert.That((tip.Rotation * start.Rotation.Inverse()).ToRotationVector().Length, Is.LessThan(3e-3));
        }
        Assert.That((Arm.Chain.Forward(trajectory.Points[^1].Positions.AsSpan()).Position - target.Position).Length, Is.LessThan(2e-4));
    }

    [Test]
    public void Straight_ToolSpeed_IsKept()
    {
        var start = Arm.Chain.Forward(Arm.Ready.AsSpan());
        var target = start with { Position = start.Position - new Vec3(0, 0, 0.2) };
        var trajectory = TrajectoryPlanner.Straight(Arm.Chain, Arm.Ready, target, Limits, Arm.Chance("slow"), new() { MaxToolSpeed = 0.1 }).Trajectory!;
        Assert.That(trajectory.Points[0].Positions, Has.Length.EqualTo(7));
        Assert.That(trajectory.DurationSeconds, Is.InRange(2.0, 2.5));
        for (var t = 0.0; t < trajectory.DurationSeconds - 0.01; t += 0.01)
        {
            var (a, b) = (Arm.Chain.Forward(trajectory.Sample(t).Positions.AsSpan()), Arm.Chain.Forward(trajectory.Sample(t + 0.01).Positions.AsSpan()));
            Assert.That((b.Position - a.Position).Length / 0.01, Is.LessThan(0.102));
        }
    }

    [Test]
    public void Straight_OutOfReach_SaysHowFarItGets()
    {
        var start = Arm.Chain.Forward(Arm.Ready.AsSpan());
        var target = start with { Position = start.Position + new Vec3(1, 0, 0) };
        var result = TrajectoryPlanner.Straight(Arm.Chain, Arm.Ready, target, Limits, Arm.Chance("far"));
        Assert.That(result.Trajectory, Is.Null);
        Assert.That(result.Share, Is.InRange(0.1, 0.9));
        Assert.That(result.WhyNot, Does.Contain("leaves the reach"));
    }

    private static void AssertSound(JointTrajectory trajectory, TrajectoryLimits limits, ImmutableArray<double> from, ImmutableArray<double> to)
    {
        Assert.That(trajectory.Points[0].Positions.Zip(from, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-9));
        Assert.That(trajectory.Points[^1].Positions.Zip(to, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-9));
        foreach (var end in new[] { trajectory.Points[0], trajectory.Points[^1] })
            Assert.That(end.Velocities.Concat(end.Accelerations), Is.All.Zero);
        for (var i = 1; i < trajectory.Points.Length; i++)
            Assert.That(trajectory.Points[i].TimeSeconds, Is.GreaterThan(trajectory.Points[i - 1].TimeSeconds));

        var last = trajectory.Sample(0);
        for (var t = 0.001; t < trajectory.DurationSeconds; t += 0.001)
        {
            var now = trajectory.Sample(t);
            for (var j = 0; j < now.Positions.Length; j++)
            {
                Assert.That(Math.Abs(now.Velocities[j]), Is.LessThanOrEqualTo(limits.Velocity[j]), $"velocity of joint {j} at {t}");
                Assert.That(Math.Abs(now.Accelerations[j]), Is.LessThanOrEqualTo(limits.Acceleration[j]), $"acceleration of joint {j} at {t}");
                Assert.That(Math.Abs(now.Positions[j] - last.Positions[j]), Is.LessThanOrEqualTo((0.001 * limits.Velocity[j]) + 1e-9), $"position jump of joint {j} at {t}");
                Assert.That(Math.Abs(now.Velocities[j] - last.Velocities[j]), Is.LessThanOrEqualTo((0.001 * limits.Acceleration[j]) + 1e-9), $"velocity jump of joint {j} at {t}");
            }
            last = now;
        }
    }
}
