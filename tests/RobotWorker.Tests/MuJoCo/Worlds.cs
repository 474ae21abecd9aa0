using RobotWorker.MuJoCo;

namespace RobotWorker.Tests.MuJoCo;

/// <summary>Small worlds that several tests look at.</summary>
internal static class Worlds
{
    /// <summary>A ball of 2 kg, one metre above a floor.</summary>
    public static MjModel Ball() => MjModel.FromXml("""
        <mujoco>
          <option timestep="0.001" gravity="0 0 -9.81"/>
          <worldbody>
            <geom name="floor" type="plane" size="2 2 0.1"/>
            <body name="ball" pos="0 0 1"><freejoint name="ball"/><geom name="ball" type="sphere" size="0.05" mass="2"/></body>
          </worldbody>
        </mujoco>
        """);

    /// <summary>A box of 2 kg on a floor, and an arm of two joints with a motor, a site, and a camera from above.</summary>
    public static MjModel BoxAndArm() => MjModel.FromXml("""
        <mujoco>
          <compiler angle="radian" autolimits="true"/>
          <option timestep="0.002" integrator="implicit"/>
          <size njmax="200" nconmax="50"/>
          <worldbody>
            <light pos="1 0 3" dir="-0.3 0 -1"/>
            <camera name="above" pos="0 0 2"/>
            <geom name="floor" type="plane" size="2 2 0.1" rgba="0.9 0.9 0.9 1"/>
            <body name="box" pos="0 0 0.1"><freejoint name="box"/><geom name="box" type="box" size="0.1 0.1 0.1" mass="2" rgba="1 0 0 1"/></body>
            <body name="upper" pos="0.6 0 0.5">
              <joint name="shoulder" axis="0 1 0" range="-2 2" damping="0.1"/>
              <geom name="upper" type="capsule" fromto="0 0 0 0.2 0 0" size="0.03" mass="1" rgba="0 0 1 1"/>
              <body name="lower" pos="0.2 0 0">
                <joint name="elbow" axis="0 1 0" range="-2 2" damping="0.1"/>
                <geom name="lower" type="capsule" fromto="0 0 0 0.2 0 0" size="0.03" mass="0.5" rgba="0 0 1 1"/>
                <site name="tip" pos="0.2 0 0"/>
              </body>
            </body>
          </worldbody>
          <actuator><motor name="elbow" joint="elbow" ctrlrange="-5 5"/></actuator>
          <sensor><jointpos name="elbow" joint="elbow"/></sensor>
        </mujoco>
        """);
}
