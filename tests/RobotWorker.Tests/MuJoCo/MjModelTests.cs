using RobotWorker.MuJoCo;

namespace RobotWorker.Tests.MuJoCo;

internal sealed class MjModelTests
{
    [Test]
    public void FromXml_BoxAndArm_HasItsSizesAndNames()
    {
        using var model = Worlds.BoxAndArm();

        Assert.That((model.Nq, model.Nv, model.Nu, model.Nbody, model.Ngeom, model.Njnt, model.Nsensordata), Is.EqualTo((9, 8, 1, 4, 4, 3, 1)));
        Assert.That(model.TimestepSeconds, Is.EqualTo(0.002));
        Assert.That(model.Names(MjObject.Body), Is.EqualTo(new[] { "world", "box", "upper", "lower" }));
        Assert.That(model.Name(MjObject.Joint, model.Id(MjObject.Joint, "elbow")), Is.EqualTo("elbow"));
        Assert.That(model.BodyParent(model.Id(MjObject.Body, "lower")), Is.EqualTo(model.Id(MjObject.Body, "upper")));
        Assert.That(model.JointQposAddress(model.Id(MjObject.Joint, "elbow")), Is.EqualTo(8));
        Assert.That(model.GeomType(model.Id(MjObject.Geom, "box")), Is.EqualTo(MjGeomType.Box));
    }

    [Test]
    public void Id_NameThatIsNotThere_NamesTheNearest()
    {
        using var model = Worlds.BoxAndArm();

        Assert.That(() => model.Id(MjObject.Joint, "elbo"), Throws.TypeOf<MuJoCoException>().With.Message.EqualTo("The model has no joint 'elbo'; did you mean 'elbow'?"));
        Assert.That(() => model.Id(MjObject.Key, "home"), Throws.TypeOf<MuJoCoException>().With.Message.Contains("no named key at all"));
        Assert.That(model.TryId(MjObject.Joint, "elbo"), Is.Null);
    }

    [Test]
    public void FromXml_UnknownAttribute_SaysWhatAndInWhichLine()
    {
        const string Mjcf = """
            <mujoco>
              <worldbody>
                <geom typ="box" size="1 1 1"/>
              </worldbody>
            </mujoco>
            """;

        Assert.That(() => MjModel.FromXml(Mjcf), Throws.TypeOf<MuJoCoException>().With.Message.Contains("'typ'").And.Message.Contains("line 3"));
    }

    [Test]
    public void FromXml_NotXmlAtAll_IsRefused() =>
        Assert.That(() => MjModel.FromXml("a cup"), Throws.TypeOf<MuJoCoException>());

    [Test]
    public void FromFile_NoSuchFile_SaysSo() =>
        Assert.That(() => MjModel.FromFile("nowhere/robot.xml"), Throws.TypeOf<MuJoCoException>().With.Message.Contains("nowhere/robot.xml"));

    [Test]
    public void BodyMass_Doubled_ActsInTheNextStep()
    {
        using var model = Worlds.BoxAndArm();
        using var data = new MjData(model);
        var box = model.Id(MjObject.Body, "box");
        model.BodyMass[box] *= 2;
        data.Reset();
        data.Forward();

        Assert.That(data.QfrcBias[2], Is.EqualTo(4 * 9.81).Within(1e-9));
    }

    [Test]
    public void GeomFriction_MadeSmall_LetsABoxSlide()
    {
        using var model = Worlds.BoxAndArm();
        Assert.That(SlideUnder(model, 5), Is.LessThan(0.01));

        model.GeomFriction(model.Id(MjObject.Geom, "floor"))[0] = 0.01;
        model.GeomFriction(model.Id(MjObject.Geom, "box"))[0] = 0.01;
        Assert.That(SlideUnder(model, 5), Is.GreaterThan(0.1));
    }

    [Test]
    public void Index_OutOfRange_IsAnErrorAndNotAForeignNumber()
    {
        using var model = Worlds.Ball();

        Assert.That(() => model.GeomBody(2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => model.JointQposAddress(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Dispose_WhileDataLives_TheDataGoesOn()
    {
        var model = Worlds.Ball();
        using var data = new MjData(model);
        model.Dispose();

        data.Step(10);

        Assert.That(data.Time, Is.EqualTo(0.01).Within(1e-12));
        Assert.That(() => { _ = model.BodyMass.Length; }, Throws.TypeOf<ObjectDisposedException>());
    }

    private static double SlideUnder(MjModel model, double newtons)
    {
        using var data = new MjData(model);
        data.XfrcApplied[model.Id(MjObject.Body, "box") * 6] = newtons;
        data.Step(500);
        return data.Qpos[0];
    }
}
