using RobotWorker.MuJoCo;

namespace RobotWorker.Tests.MuJoCo;

internal sealed class MjDataTests
{
    private static readonly double[] Above = [0, 0, 2], Down = [0, 0, -1];

    [Test]
    public void Step_BallInFreeFall_FallsHalfGTSquared()
    {
        using var model = Worlds.Ball();
        using var data = new MjData(model);

        data.Step(300);

        // Semi-implicit Euler gives g t (t + dt) / 2 exactly.
        Assert.That(1 - data.Qpos[2], Is.EqualTo(9.81 * 0.3 * (0.3 + 0.001) / 2).Within(1e-9));
        Assert.That(data.Time, Is.EqualTo(0.3).Within(1e-12));
    }

    [Test]
    public void StepInHalves_EqualsAStep()
    {
        using var model = Worlds.BoxAndArm();
        using var whole = new MjData(model);
        using var halves = new MjData(model);

        for (var i = 0; i < 200; i++)
        {
            whole.Ctrl[0] = 0.5;
            whole.Step();
            halves.Step1();
            halves.Ctrl[0] = 0.5;
            halves.Step2();
        }

        Assert.That(halves.Qpos.ToArray(), Is.EqualTo(whole.Qpos.ToArray()));
    }

    [Test]
    public void Contacts_BoxAtRest_CarryItsWeight()
    {
        using var model = Worlds.BoxAndArm();
        using var data = new MjData(model);
        data.Step(1000);
        int floor = model.Id(MjObject.Geom, "floor"), box = model.Id(MjObject.Geom, "box");

        var normalForce = 0.0;
        for (var i = 0; i < data.Contacts.Count; i++)
        {
            Assert.That(data.Contacts[i].IsBetween(box, floor));
            Assert.That(data.Contacts[i].Frame[..3].ToArray(), Is.EqualTo(new double[] { 0, 0, 1 }).Within(1e-6));
            normalForce += data.ContactNormalForce(i);
        }

        Assert.That(data.Contacts.Count, Is.EqualTo(4));
        Assert.That(normalForce, Is.EqualTo(2 * 9.81).Within(0.01));
    }

    [Test]
    public void Ray_FromAboveTheBox_MeetsItAndNotTheFloorUnlessItIsExcluded()
    {
        using var model = Worlds.BoxAndArm();
        using var data = new MjData(model);
        data.Forward();
        var box = model.Id(MjObject.Body, "box");

        var distance = data.Ray([0, 0, 2], [0, 0, -1], [], -1, out var met);
        var without = data.Ray([0, 0, 2], [0, 0, -1], [], box, out var below);
        var nothing = data.Ray([0, 0, 2], [0, 0, 1], [], -1, out var none);
        data.Ray([0, 0, 2], [0, 0, -1], [0, 1, 1, 1, 1, 1], -1, out var otherGroups);

        Assert.That(distance, Is.EqualTo(1.8).Within(1e-12));
        Assert.That(met, Is.EqualTo(model.Id(MjObject.Geom, "box")));
        Assert.That((without, below), Is.EqualTo((2.0, model.Id(MjObject.Geom, "floor"))));
        Assert.That((nothing, none), Is.EqualTo((-1.0, -1)));
        Assert.That(otherGroups, Is.Not.EqualTo(met));
    }

    [Test]
    public void QfrcApplied_EqualToBias_HoldsTheArmStill()
    {
        using var model = Worlds.BoxAndArm();
        using var held = new MjData(model);
        using var free = new MjData(model);
        held.Forward();
        for (var i = 0; i < 200; i++)
        {
            held.QfrcBias[6..].CopyTo(held.QfrcApplied[6..]);
            held.Step();
            free.Step();
        }

        Assert.That(Math.Abs(held.Qpos[7]), Is.LessThan(1e-3));
        Assert.That(Math.Abs(free.Qpos[7]), Is.GreaterThan(0.1));
    }

    [Test]
    public void SiteJacobian_TimesVelocity_IsTheSitesVelocity()
    {
        using var model = Worlds.BoxAndArm();
        using var data = new MjData(model);
        data.Qpos[7] = 0.4;
        data.Qvel[6] = 0.7;
        data.Qvel[7] = -0.2;
        data.Forward();
        var jacobian = new double[3 * model.Nv];
        var velocity = new double[6];
        data.SiteJacobian(0, jacobian, []);
        data.Velocity(MjObject.Site, 0, velocity);

        for (var row = 0; row < 3; row++)
            Assert.That(jacobian[row * model.Nv + 6] * 0.7 - jacobian[row * model.Nv + 7] * 0.2, Is.EqualTo(velocity[3 + row]).Within(1e-12));
        Assert.That(Math.Abs(velocity[5]), Is.GreaterThan(0.05));
    }

    [Test]
    public void LoadState_IntoAnotherData_GoesOnBitByBitTheSame()
    {
        using var model = Worlds.BoxAndArm();
        using var first = new MjData(model);
        first.Qpos[2] = 0.3;
        first.Step(150);
        using var second = new MjData(model);
        second.LoadState(first.SaveState());

        first.Step(200);
        second.Step(200);

        Assert.That(second.SaveState(), Is.EqualTo(first.SaveState()));
        Assert.That(() => second.LoadState([1, 2]), Throws.TypeOf<MuJoCoException>());
    }

    [Test]
    public void Step_OnTwoThreads_GivesTheSameAsOnOne()
    {
        using var model = Worlds.BoxAndArm();
        var alone = Final(model);
        var together = new double[2][];
        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() => together[i] = Final(model))).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        Assert.That(together, Is.All.EqualTo(alone));
    }

    [Test]
    public void Step_WithReadingAndWriting_AllocatesNothing()
    {
        using var model = Worlds.BoxAndArm();
        using var data = new MjData(model);
        Work(data);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Work(data);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Spans_AfterDispose_AreRefused()
    {
        using var model = Worlds.Ball();
        var data = new MjData(model);
        data.Dispose();

        Assert.That(() => { _ = data.Qpos.Length; }, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(data.Step, Throws.TypeOf<ObjectDisposedException>());
    }

    private static double[] Final(MjModel model)
    {
        using var data = new MjData(model);
        data.Qpos[2] = 0.5;
        data.Qvel[4] = 3;
        data.Step(3000);
        return data.SaveState();
    }

    private static double Work(MjData data)
    {
        data.Ctrl[0] = 0.1;
        data.QfrcBias.CopyTo(data.QfrcApplied);
        data.Step();
        var sum = data.Ray(Above, Down, [], -1, out _);
        var contacts = data.Contacts;
        for (var i = 0; i < contacts.Count; i++) sum += contacts[i].DistanceMetres + data.ContactNormalForce(i);
        return sum + data.SitePosition(0)[2] + data.Sensordata[0];
    }
}
