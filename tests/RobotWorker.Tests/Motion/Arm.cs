using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Tests.Motion;

/// <summary>A seven-joint arm for tests: the link lengths of a common research arm, limits of our own.</summary>
internal static class Arm
{
    public const string Urdf = """
        <?xml version="1.0"?>
        <robot name="arm">
          <link name="base_link"/> <link name="l1"/> <link name="l2"/> <link name="l3"/> <link name="l4"/>
          <link name="l5"/> <link name="l6"/> <link name="l7"/> <link name="tool0"/>
          <joint name="j1" type="revolute"><parent link="base_link"/><child link="l1"/><origin xyz="0 0 0.333"/>
            <axis xyz="0 0 1"/><limit lower="-2.8" upper="2.8" velocity="2" effort="80"/></joint>
          <joint name="j2" type="revolute"><parent link="l1"/><child link="l2"/><origin rpy="-1.5707963267948966 0 0"/>
            <axis xyz="0 0 1"/><limit lower="-1.7" upper="1.7" velocity="2" effort="80"/></joint>
          <joint name="j3" type="revolute"><parent link="l2"/><child link="l3"/><origin xyz="0 -0.316 0" rpy="1.5707963267948966 0 0"/>
            <axis xyz="0 0 1"/><limit lower="-2.8" upper="2.8" velocity="2" effort="80"/></joint>
          <joint name="j4" type="revolute"><parent link="l3"/><child link="l4"/><origin xyz="0.0825 0 0" rpy="1.5707963267948966 0 0"/>
            <axis xyz="0 0 1"/><limit lower="-3.0" upper="-0.1" velocity="2" effort="80"/></joint>
          <joint name="j5" type="revolute"><parent link="l4"/><child link="l5"/><origin xyz="-0.0825 0.384 0" rpy="-1.5707963267948966 0 0"/>
            <axis xyz="0 0 1"/><limit lower="-2.8" upper="2.8" velocity="2.5" effort="12"/></joint>
          <joint name="j6" type="revolute"><parent link="l5"/><child link="l6"/><origin rpy="1.5707963267948966 0 0"/>
            <axis xyz="0 0 1"/><limit lower="0" upper="3.7" velocity="2.5" effort="12"/></joint>
          <joint name="j7" type="revolute"><parent link="l6"/><child link="l7"/><origin xyz="0.088 0 0" rpy="1.5707963267948966 0 0"/>
            <axis xyz="0 0 1"/><limit lower="-2.8" upper="2.8" velocity="2.5" effort="12"/></joint>
          <joint name="flange" type="fixed"><parent link="l7"/><child link="tool0"/><origin xyz="0 0 0.107"/></joint>
        </robot>
        """;

    public static readonly RobotModel Model = Parse(Urdf);

    public static readonly KinematicChain Chain = KinematicChain.Between(Model, "base_link", "tool0");

    /// <summary>Elbow up, tool straight down.</summary>
    public static readonly ImmutableArray<double> Ready = [0, -0.5, 0, -2.2, 0, 1.7, 0.785];

    public static RobotModel Parse(string urdf)
    {
        var bag = new DiagnosticBag();
        var model = RobotWorker.Motion.Urdf.Parse(urdf, "arm.urdf", bag);
        return model ?? throw new AssertionException(string.Join("\n", bag.All));
    }

    public static ImmutableArray<double> RandomPosture(RandomStream chance) =>
        [.. Chain.Joints.Select(j => chance.Uniform(j.Limits.Lower, j.Limits.Upper))];

    public static RandomStream Chance(string axis) => RandomStream.For(1, "test", axis);
}
