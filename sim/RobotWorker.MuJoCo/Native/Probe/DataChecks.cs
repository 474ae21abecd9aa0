using static RobotWorker.MuJoCo.Native.Probe.LayoutProbe;

namespace RobotWorker.MuJoCo.Native.Probe;

/// <summary>What <see cref="MjData"/> reads must follow from the probe's key frame, and what it writes must act.</summary>
internal static class DataChecks
{
    private const int LiftDof = 1, FloatDof = 2, BoxDof = 8;

    public static void Run(MjData data)
    {
        data.Reset(keyFrame: 1);
        State(data);
        var floating = data.Model.Id(MjObject.Body, "float");
        data.XfrcApplied[floating * 6] = 6.25;
        data.QfrcApplied[FloatDof + 1] = 7.5;
        data.Forward();
        Poses(data, floating);
        Forces(data);
        Contacts(data);
        data.Step();
        Expect("qacc_warmstart", data.QaccWarmstart, data.Qacc);
    }

    private static void State(MjData data)
    {
        Expect("time", data.Time, 4.25);
        Expect("qpos", data.Qpos, 0, 0.13, -1.1, -1.2, 2.3, 0.6, 0.8, 0, 0);
        Expect("qvel", data.Qvel, 0, 0.23, 0);
        Expect("act", data.Act, 0.33);
        Expect("ctrl", data.Ctrl, 0.53, 0.43);
        Expect("mocap_pos", data.MocapPos, 5.4, 5.5, 5.6);
        Expect("mocap_quat", data.MocapQuat, 0.8, 0, 0.6, 0);
    }

    // The floating body is turned about x by the quaternion (0.6, 0.8, 0, 0): cosine -0.28, sine 0.96.
    private static void Poses(MjData data, int floating)
    {
        var model = data.Model;
        Expect("xpos", data.BodyPosition(floating), -1.1, -1.2, 2.3);
        Expect("xquat", data.BodyQuaternion(floating), 0.6, 0.8, 0, 0);
        Expect("xmat", data.BodyMatrix(floating), 1, 0, 0, 0, -0.28, -0.96, 0, 0.96, -0.28);
        Expect("xipos", data.BodyCentreOfMass(model.Id(MjObject.Body, "swing")), 1.11, 1.22, 1.46);
        Expect("subtree_com", data.SubtreeCom.Slice(floating * 3, 3), -1.1, -1.2, 2.3);
        Expect("geom_xpos", data.GeomPosition(model.Id(MjObject.Geom, "float")), -0.6, -1.2, 2.3);
        Expect("geom_xmat", data.GeomMatrix(model.Id(MjObject.Geom, "float")), 1, 0, 0, 0, -0.28, -0.96, 0, 0.96, -0.28);
        Expect("site_xpos", data.SitePosition(0), -0.4, -1.2, 2.3);
        Expect("site_xmat", data.SiteMatrix(0), 1, 0, 0, 0, 0.28, 0.96, 0, -0.96, 0.28);
        Expect("cam_xpos", data.CameraPosition(0), -0.2, -1.2, 2.3);
        Expect("cam_xmat", data.CameraMatrix(0), -1, 0, 0, 0, -0.28, 0.96, 0, 0.96, 0.28);
        Expect("sensordata", data.Sensordata, -0.4, -1.2, 2.3, 0.13);
    }

    private static void Forces(MjData data)
    {
        Expect("qacc, xfrc_applied, qfrc_applied", data.Qacc.Slice(FloatDof, 3), 0.1 + 6.25 / 2.5, -0.2 + 7.5 / 2.5, -9.5);
        Expect("qfrc_bias", data.QfrcBias.Slice(FloatDof, 3), -0.25, 0.5, 23.75);
        Expect("qfrc_passive", data.QfrcPassive[LiftDof], -0.51 * 0.23);
        var drive = 3.5 * 0.53 + 0.6 - 0.7 * 0.13 - 0.8 * 0.23;
        Expect("actuator_force", data.ActuatorForce, drive, 0.33);
        Expect("qfrc_actuator", data.QfrcActuator, 0.33, drive);
        Expect("qfrc_constraint", data.QfrcConstraint[BoxDof + 2], 0.75 * (data.Qacc[BoxDof + 2] + 9.5));
    }

    private static void Contacts(MjData data)
    {
        int floor = data.Model.Id(MjObject.Geom, "floor"), box = data.Model.Id(MjObject.Geom, "box");
        Expect("ncon", data.Contacts.Count, 4);
        foreach (var contact in data.Contacts)
        {
            Expect("contact.geom1, geom2, dim", [contact.Geom1, contact.Geom2, contact.Dimension], floor, box, 4);
            Expect("contact.dist", contact.DistanceMetres, -0.001);
            Expect("contact.pos", [Math.Abs(contact.Position[0]), Math.Abs(contact.Position[1]), contact.Position[2]], 0.05, 0.05, -0.0005);
            Expect("contact.frame", contact.Frame, 0, 0, 1);
        }
    }
}
