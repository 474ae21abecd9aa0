using System.Globalization;
using System.Text;

namespace RobotWorker.Benchmarks.MuJoCo;

/// <summary>A mobile arm beside five cubes: base on the floor plane, seven joints, two fingers. The load of a usual episode.</summary>
internal static class ArmModel
{
    private const int Joints = 7, Cubes = 5;

    /// <summary>Degrees of freedom of the robot itself; they come first and are gravity-compensated.</summary>
    public const int RobotDofs = 3 + Joints + 2;

    /// <summary>The model in MJCF that MuJoCo 2.2.2 and 3 both accept.</summary>
    public static string Mjcf()
    {
        var xml = new StringBuilder();
        xml.Append("""
            <mujoco model="step">
              <compiler angle="radian" autolimits="true"/>
              <option timestep="0.002" integrator="implicit" cone="elliptic" impratio="10"/>
              <size njmax="600" nconmax="200"/>
              <worldbody>
                <geom name="floor" type="plane" size="5 5 0.1"/>
                <geom name="table" type="box" size="0.3 0.5 0.2" pos="0.8 0 0.2"/>
                <body name="base" pos="0 0 0.2">
                  <joint name="base_x" type="slide" axis="1 0 0" damping="20"/>
                  <joint name="base_y" type="slide" axis="0 1 0" damping="20"/>
                  <joint name="base_yaw" type="hinge" axis="0 0 1" damping="5"/>
                  <geom type="box" size="0.25 0.2 0.15" mass="30"/>

            """);
        for (var i = 0; i < Joints; i++)
            xml.Append(CultureInfo.InvariantCulture, $"""
                <body name="link{i}" pos="0 0 {(i == 0 ? 0.2 : 0.13)}">
                  <joint name="arm{i}" axis="{(i % 2 == 0 ? "0 0 1" : "0 1 0")}" range="-2.8 2.8" damping="2" armature="0.1"/>
                  <geom type="capsule" fromto="0 0 0.03 0 0 0.1" size="0.04" mass="{2.5 - 0.3 * i}"/>

                """);
        xml.Append("""
            <body name="hand" pos="0 0 0.13">
              <geom type="box" size="0.05 0.02 0.02" mass="0.4"/>
              <body name="left" pos="0 0 0.05"><joint name="left" type="slide" axis="1 0 0" range="0 0.0425" damping="5" armature="0.1"/>
                <geom type="box" pos="0.01 0 0" size="0.008 0.015 0.04" mass="0.05" friction="1.2 0.01 0.0005" condim="4"/></body>
              <body name="right" pos="0 0 0.05"><joint name="right" type="slide" axis="-1 0 0" range="0 0.0425" damping="5" armature="0.1"/>
                <geom type="box" pos="-0.01 0 0" size="0.008 0.015 0.04" mass="0.05" friction="1.2 0.01 0.0005" condim="4"/></body>
            </body>

            """);
        for (var i = 0; i <= Joints; i++) xml.Append("</body>");
        for (var i = 0; i < Cubes; i++)
            xml.Append(CultureInfo.InvariantCulture, $"""

                <body name="cube{i}" pos="{0.65 + 0.08 * i} {-0.2 + 0.1 * i} 0.425">
                  <freejoint/><geom type="box" size="0.025 0.025 0.025" mass="0.06" friction="1 0.01 0.0005" condim="4"/>
                </body>
                """);
        xml.Append("</worldbody><actuator>");
        foreach (var axis in (ReadOnlySpan<string>)["base_x", "base_y", "base_yaw"])
            xml.Append(CultureInfo.InvariantCulture, $"""<general joint="{axis}" biastype="affine" gainprm="400" biasprm="0 0 -400"/>""");
        for (var i = 0; i < Joints; i++)
            xml.Append(CultureInfo.InvariantCulture, $"""<general joint="arm{i}" biastype="affine" gainprm="300" biasprm="0 -300 -30"/>""");
        foreach (var finger in (ReadOnlySpan<string>)["left", "right"])
            xml.Append(CultureInfo.InvariantCulture, $"""<general joint="{finger}" biastype="affine" gainprm="500" biasprm="0 -500 -20" forcerange="-30 30"/>""");
        return xml.Append("</actuator></mujoco>").ToString();
    }
}
