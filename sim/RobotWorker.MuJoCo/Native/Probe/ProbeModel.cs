namespace RobotWorker.MuJoCo.Native.Probe;

/// <summary>A model in which every number that is read back occurs once.</summary>
internal static class ProbeModel
{
    public const string Xml = """
        <mujoco model="probe">
          <compiler angle="radian" autolimits="true"/>
          <option timestep="0.0037" gravity="0.1 -0.2 -9.5"/>
          <size njmax="200" nconmax="60"/>
          <statistic extent="2.75"/>
          <visual>
            <global offwidth="613" offheight="457"/>
            <quality shadowsize="1536" offsamples="3" numslices="21" numstacks="13" numquads="5"/>
            <map znear="0.017" zfar="43"/>
          </visual>
          <asset>
            <material name="plain"/>
            <material name="paint" rgba="0.15 0.25 0.35 0.45"/>
          </asset>
          <worldbody>
            <light name="lamp" pos="0 0 3"/>
            <geom name="floor" type="plane" size="3 3 0.1" condim="4"/>
            <body name="guide" mocap="true" pos="5.1 5.2 5.3">
              <geom name="guide" type="box" size="0.1 0.1 0.1" contype="0" conaffinity="0"/>
            </body>
            <body name="swing" pos="1.1 1.2 1.3">
              <inertial pos="0.01 0.02 0.03" mass="1.2345" diaginertia="0.013 0.012 0.011"/>
              <joint name="turn" type="hinge" axis="0 0 1" range="-1.1 1.4"/>
              <joint name="lift" type="slide" axis="0 0 1" range="-0.31 0.41" damping="0.51" armature="0.061" frictionloss="0.071" springref="0.09"/>
              <geom name="ball" type="sphere" size="0.123" pos="0.21 0.22 0.23" quat="0.8 0.6 0 0" friction="0.81 0.0082 0.00083"
                    rgba="0.55 0.65 0.75 0.85" group="3" contype="2" conaffinity="4"/>
              <body name="leaf" pos="0.31 0.32 0.33" quat="0 0.6 0.8 0">
                <geom name="leaf" type="cylinder" size="0.043 0.053" mass="0.345" material="paint" contype="0" conaffinity="0" priority="3"/>
              </body>
            </body>
            <body name="float" pos="-1.1 -1.2 2.3" quat="0.6 0.8 0 0">
              <freejoint name="float"/>
              <inertial pos="0 0 0" mass="2.5" diaginertia="0.02 0.02 0.02"/>
              <geom name="float" type="box" size="0.1 0.11 0.12" pos="0.5 0 0"/>
              <site name="tip" pos="0.7 0 0.0" quat="0 1 0 0" size="0.01"/>
              <camera name="eye" pos="0.9 0 0" quat="0 0 1 0" fovy="37"/>
            </body>
            <body name="box" pos="0 0 0.049">
              <freejoint name="box"/>
              <geom name="box" type="box" size="0.05 0.05 0.05" mass="0.75" condim="4"/>
              <site name="second"/>
              <site name="third"/>
              <camera name="second"/>
            </body>
          </worldbody>
          <equality><weld name="never" body1="guide" body2="float" active="false"/></equality>
          <actuator>
            <general name="drive" joint="lift" biastype="affine" gainprm="3.5 0.11 0.12" biasprm="0.6 -0.7 -0.8"
                     ctrlrange="-2.1 2.2" forcerange="-41 42"/>
            <general name="spin" joint="turn" dyntype="integrator" gainprm="1"/>
          </actuator>
          <sensor>
            <framepos name="where" objtype="site" objname="tip"/>
            <jointpos name="height" joint="lift"/>
          </sensor>
          <keyframe>
            <key name="start"/>
            <key name="pose" time="4.25" qpos="0 0.13  -1.1 -1.2 2.3 0.6 0.8 0 0  0 0 0.049 1 0 0 0"
                 qvel="0 0.23  0 0 0 0 0 0  0 0 0 0 0 0" act="0.33" ctrl="0.53 0.43" mpos="5.4 5.5 5.6" mquat="0.8 0 0.6 0"/>
          </keyframe>
        </mujoco>
        """;
}
