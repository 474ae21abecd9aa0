using System.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Tests.Motion;

public class InverseKinematicsTests
{
    [Test]
    public void Solve_ThousandReachablePoses_NearlyAllConverge()
    {
        var chance = Arm.Chance("poses");
        var solver = new InverseKinematics(Arm.Chain);
        var converged = 0;
        for (var i = 0; i < 1000; i++)
        {
            var target = Arm.Chain.Forward(Arm.RandomPosture(chance).AsSpan());
            var result = solver.Solve(target, Arm.Ready.AsSpan(), chance);
            if (!result.Converged) continue;
            converged++;
            var reached = Arm.Chain.Forward(result.Q.AsSpan());
            Assert.That((reached.Position - target.Position).Length, Is.LessThanOrEqualTo(1e-4));
            Assert.That((target.Rotation * reached.Rotation.Inverse()).ToRotationVector().Length, Is.LessThanOrEqualTo(1e-3 + 1e-9));
            AssertWithinLimits(result);
        }
        Assert.That(converged, Is.GreaterThan(990));
    }

    [Test]
    public void Solve_FreeToolAxis_PointsTheToolOnly()
    {
        var chance = Arm.Chance("free");
        var solver = new InverseKinematics(Arm.Chain, new() { FreeToolAxis = true });
        var converged = 0;
        for (var i = 0; i < 200; i++)
        {
            // Downwards, at a random place in front, with a yaw that the solver may ignore.
            var target = new Pose(new(chance.Uniform(0.3, 0.6), chance.Uniform(-0.3, 0.3), chance.Uniform(0.1, 0.5)),
                Quat.FromYaw(chance.Uniform(-3, 3)) * Quat.FromRpy(Math.PI, 0, 0));
            var result = solver.Solve(target, Arm.Ready.AsSpan(), chance);
            if (!result.Converged) continue;
            converged++;
            var axis = Arm.Chain.Forward(result.Q.AsSpan()).Rotation.Rotate(Vec3.UnitZ);
            Assert.That(axis.Z, Is.LessThan(-0.999));
            AssertWithinLimits(result);
        }
        Assert.That(converged, Is.EqualTo(200));
    }

    [Test]
    public void Solve_FreeToolAxisFromOpposite_TurnsRound()
    {
        var up = Arm.Chain.Forward(Arm.Ready.AsSpan()) is var tip ? new Pose(new(0.2, 0, 1.0), tip.Rotation * Quat.FromRpy(Math.PI, 0, 0)) : default;
        var result = new InverseKinematics(Arm.Chain, new() { FreeToolAxis = true }).Solve(up, Arm.Ready.AsSpan(), Arm.Chance("opposite"));
        Assert.That(result.Converged, Is.True, result.ToString());
    }

    [Test]
    public void Solve_OutOfReach_IsAResultWithTheDistanceLeft()
    {
        var target = new Pose(new(2, 0, 0.333), Quat.FromRpy(0, Math.PI / 2, 0));
        var result = new InverseKinematics(Arm.Chain).Solve(target, Arm.Ready.AsSpan(), Arm.Chance("far"));
        Assert.That(result.Converged, Is.False);
        Assert.That(result.PositionErrorMetres, Is.InRange(0.9, 1.4));
        AssertWithinLimits(result);
    }

    [Test]
    public void Solve_SeedAtTheTarget_StaysThere()
    {
        var target = Arm.Chain.Forward(Arm.Ready.AsSpan());
        var result = new InverseKinematics(Arm.Chain).Solve(target, Arm.Ready.AsSpan(), Arm.Chance("stay"));
        Assert.That(result.Iterations, Is.Zero);
        Assert.That(result.Q, Is.EqualTo(Arm.Ready));
    }

    [Test]
    public void Solve_SameStream_SameAnswer()
    {
        var target = Arm.Chain.Forward(Arm.RandomPosture(Arm.Chance("same")).AsSpan());
        var one = new InverseKinematics(Arm.Chain).Solve(target, Arm.Ready.AsSpan(), Arm.Chance("a"));
        var two = new InverseKinematics(Arm.Chain).Solve(target, Arm.Ready.AsSpan(), Arm.Chance("a"));
        Assert.That(two.Q, Is.EqualTo(one.Q));
    }

    [Test]
    public void Solve_Posture_DrawsTheSpareFreedom()
    {
        var target = Arm.Chain.Forward(Arm.Ready.AsSpan());
        double ElbowFor(double elbow)
        {
            var posture = Arm.Ready.SetItem(2, elbow);
            var options = new InverseKinematicsOptions { Posture = posture, PostureGain = 0.3 };
            var seed = Arm.Ready.SetItem(2, elbow);
            return new InverseKinematics(Arm.Chain, options).Solve(target, seed.AsSpan(), Arm.Chance("posture")).Q[2];
        }
        Assert.That(ElbowFor(0.8), Is.GreaterThan(0.2));
        Assert.That(ElbowFor(-0.8), Is.LessThan(-0.2));
    }

    [Test]
    public void Solve_TypicalPose_TakesWellUnderAMillisecond()
    {
        var chance = Arm.Chance("speed");
        var solver = new InverseKinematics(Arm.Chain);
        var targets = Enumerable.Range(0, 300).Select(_ => Arm.Chain.Forward(Arm.RandomPosture(chance).AsSpan())).ToList();
        foreach (var target in targets) solver.Solve(target, Arm.Ready.AsSpan(), chance);
        var times = new List<double>();
        foreach (var target in targets)
        {
            var start = Stopwatch.GetTimestamp();
            solver.Solve(target, Arm.Ready.AsSpan(), chance);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        TestContext.Out.WriteLine($"ik ms: median {times[150]:0.000}, p95 {times[285]:0.000}, max {times[^1]:0.000}");
        Assert.That(times[150], Is.LessThan(1.5), "0.1 ms is usual; the rest is room for a loaded machine");
    }

    private static void AssertWithinLimits(InverseKinematicsResult result)
    {
        for (var i = 0; i < result.Q.Length; i++)
            Assert.That(result.Q[i], Is.InRange(Arm.Chain.Joints[i].Limits.Lower, Arm.Chain.Joints[i].Limits.Upper), Arm.Chain.Joints[i].Name);
    }
}
