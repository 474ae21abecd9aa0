using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Tests.Motion;

public class UrdfTests
{
    [Test]
    public void Parse_Arm_GivesTreeLimitsAndOrigins()
    {
        Assert.That(Arm.Model.Root, Is.EqualTo("base_link"));
        Assert.That(Arm.Model.Joints, Has.Length.EqualTo(8));
        var elbow = Arm.Model.Joint("j4")!;
        Assert.That(elbow.Limits, Is.EqualTo(new JointLimits(-3.0, -0.1, 2, 80)));
        Assert.That(elbow.Origin.Position, Is.EqualTo(new Vec3(0.0825, 0, 0)));
        Assert.That(elbow.Type, Is.EqualTo(JointType.Revolute));
        Assert.That(Arm.Model.JointTo("tool0")!.Type, Is.EqualTo(JointType.Fixed));
    }

    [Test]
    public void Parse_MimicAndContinuousAndPrismatic_AreRead()
    {
        var model = Arm.Parse("""
            <robot name="g"><link name="a"/><link name="b"/><link name="c"/><link name="d"/>
            <joint name="wheel" type="continuous"><parent link="a"/><child link="b"/></joint>
            <joint name="left" type="prismatic"><parent link="a"/><child link="c"/><axis xyz="0 2 0"/><limit lower="0" upper="0.04" velocity="0.1" effort="40"/></joint>
            <joint name="right" type="prismatic"><parent link="a"/><child link="d"/><axis xyz="0 -1 0"/><limit lower="0" upper="0.04" velocity="0.1" effort="40"/>
              <mimic joint="left" multiplier="1" offset="0"/></joint></robot>
            """);
        Assert.That(model.Joint("wheel")!.Limits.IsBounded, Is.False);
        Assert.That(model.Joint("wheel")!.Axis, Is.EqualTo(Vec3.UnitX));
        Assert.That(model.Joint("left")!.Axis, Is.EqualTo(Vec3.UnitY), "the axis is normalised");
        Assert.That(model.Joint("right")!.Mimic, Is.EqualTo(new JointMimic("left", 1, 0)));
    }

    private const string Joint = """<joint name="j" type="revolute"><parent link="a"/><child link="b"/><limit lower="-1" upper="1" velocity="1" effort="1"/></joint>""";

    [TestCase("""<robot name="r"><link name="a"></robot>""", "RW0251", 1)]
    [TestCase("""<!DOCTYPE robot [<!ENTITY x "y">]><robot name="r"><link name="a"/></robot>""", "RW0251", 1)]
    [TestCase("", "RW0251", 0)]
    [TestCase("<sdf/>", "RW0252", 1)]
    [TestCase("<robot><link/></robot>", "RW0252", 1)]
    [TestCase("<robot>\n<link name='a'/><link name='b'/>\n<joint name='j' type='fixed'><parent link='a'/></joint></robot>", "RW0252", 3)]
    [TestCase("<robot>\n<link name='a'/>\n<link name='a'/></robot>", "RW0253", 3)]
    [TestCase("<robot><link name='a'/><link name='b'/>\n<joint name='j' type='fixed'><parent link='a'/><child link='b'/>\n<origin xyz='0 0'/></joint></robot>", "RW0254", 3)]
    [TestCase("<robot><link name='a'/><link name='b'/><joint name='j' type='fixed'><parent link='a'/><child link='b'/><origin rpy='0 0 nan'/></joint></robot>", "RW0254", 1)]
    [TestCase("<robot><link name='a'/><link name='b'/><joint name='j' type='revolut'><parent link='a'/><child link='b'/></joint></robot>", "RW0255", 1)]
    [TestCase("<robot><link name='a'/><link name='b'/><joint name='j' type='continuous'><parent link='a'/><child link='b'/><axis xyz='0 0 0'/></joint></robot>", "RW0256", 1)]
    [TestCase("<robot><link name='a'/><link name='b'/><joint name='j' type='revolute'><parent link='a'/><child link='b'/></joint></robot>", "RW0257", 1)]
    [TestCase("<robot><link name='a'/><link name='b'/><joint name='j' type='revolute'><parent link='a'/><child link='b'/><limit lower='1' upper='-1'/></joint></robot>", "RW0257", 1)]
    [TestCase("<robot><link name='a'/><link name='b'/><joint name='j' type='fixed'><parent link='a'/><child link='c'/></joint></robot>", "RW0258", 1)]
    [TestCase("<robot><link name='a'/><link name='b'/></robot>", "RW0259", 1)]
    [TestCase("<robot></robot>", "RW0259", 1)]
    [TestCase("<robot><link name='a'/><link name='b'/><link name='c'/><joint name='j' type='fixed'><parent link='b'/><child link='c'/></joint><joint name='k' type='fixed'><parent link='c'/><child link='b'/></joint></robot>", "RW0259", 1)]
    public void Parse_Broken_SaysWhatAndWhere(string xml, string code, int line)
    {
        var bag = new DiagnosticBag();
        Assert.That(Urdf.Parse(xml, "x.urdf", bag), Is.Null);
        Assert.That(bag.All[0].Code, Is.EqualTo(code), bag.All[0].ToString());
        Assert.That(bag.All[0].Place.Line, Is.EqualTo(line), bag.All[0].ToString());
        if (line > 0) Assert.That(bag.All[0].Place.Column, Is.GreaterThan(0));
    }

    [Test]
    public void Parse_UnknownLink_SuggestsTheNearest()
    {
        var bag = new DiagnosticBag();
        Urdf.Parse($"<robot><link name='a'/><link name='tool'/>{Joint.Replace("\"b\"", "\"tol\"")}</robot>", "x.urdf", bag);
        Assert.That(bag.All[0].Help, Does.Contain("'tool'"));
    }
}
