using static RobotWorker.MuJoCo.Native.Probe.LayoutProbe;

namespace RobotWorker.MuJoCo.Native.Probe;

/// <summary>What <see cref="MjModel"/> reads must be what stands in the probe's text.</summary>
internal static class ModelChecks
{
    public static void Run(MjModel model)
    {
        Sizes(model);
        Bodies(model);
        Joints(model);
        Shapes(model);
        Drives(model);
    }

    private static void Sizes(MjModel model)
    {
        Expect("nq, nv, nu, na", [model.Nq, model.Nv, model.Nu, model.Na], 16, 14, 2, 1);
        Expect("nbody, njnt, ngeom", [model.Nbody, model.Njnt, model.Ngeom], 6, 4, 6);
        Expect("nsite, ncam, nlight, nmat", [model.Nsite, model.Ncam, model.Nlight, model.Nmat], 3, 2, 1, 2);
        Expect("neq, nsensor, nkey, nmocap", [model.Neq, model.Nsensor, model.Nkey, model.Nmocap], 1, 2, 2, 1);
        Expect("nsensordata", model.Nsensordata, 4);
        Expect("opt.timestep", model.TimestepSeconds, 0.0037);
        Expect("opt.gravity", model.Gravity, 0.1, -0.2, -9.5);
        Expect("stat.extent", model.ExtentMetres, 2.75);
    }

    private static void Bodies(MjModel model)
    {
        int guide = model.Id(MjObject.Body, "guide"), swing = model.Id(MjObject.Body, "swing"), leaf = model.Id(MjObject.Body, "leaf");
        var floating = model.Id(MjObject.Body, "float");
        Expect("body_parentid", [model.BodyParent(leaf), model.BodyParent(floating)], swing, 0);
        Expect("body_rootid", [model.BodyRoot(leaf), model.BodyRoot(floating), model.BodyRoot(guide)], swing, floating, guide);
        Expect("body_weldid", [model.BodyWeld(leaf), model.BodyWeld(guide)], swing, 0);
        Expect("body_mocapid", [model.BodyMocap(guide), model.BodyMocap(leaf)], 0, -1);
        Expect("body_jntnum", [model.BodyJointCount(swing), model.BodyJointCount(leaf), model.BodyJointCount(floating)], 2, 0, 1);
        Expect("body_jntadr", [model.BodyFirstJoint(swing), model.BodyFirstJoint(leaf), model.BodyFirstJoint(floating)], 0, -1, 2);
        Expect("body_geomnum", [model.BodyGeomCount(0), model.BodyGeomCount(swing)], 1, 1);
        Expect("body_geomadr", [model.BodyFirstGeom(0), model.BodyFirstGeom(swing), model.BodyFirstGeom(leaf)], 0, 2, 3);
        Expect("body_mass", [model.BodyMass[swing], model.BodyMass[leaf]], 1.2345, 0.345);
        Expect("body_subtreemass", model.BodySubtreeMass[swing], 1.5795);
        Expect("body_inertia", model.BodyInertia(swing), 0.013, 0.012, 0.011);
        Expect("body_pos", model.BodyPosition(leaf), 0.31, 0.32, 0.33);
        Expect("body_quat", model.BodyQuaternion(leaf), 0, 0.6, 0.8, 0);
        Expect("body_ipos", model.BodyCentreOfMass(swing), 0.01, 0.02, 0.03);
        Expect("site_bodyid", model.SiteBody(0), floating);
        Expect("site_pos", model.SitePosition(0), 0.7, 0, 0);
        Expect("site_quat", model.SiteQuaternion(0), 0, 1, 0, 0);
        Expect("cam_bodyid", model.CameraBody(0), floating);
        Expect("cam_pos", model.CameraPosition(0), 0.9, 0, 0);
        Expect("cam_quat", model.CameraQuaternion(0), 0, 0, 1, 0);
        Expect("cam_fovy", model.CameraFovyDegrees[0], 37);
    }

    private static void Joints(MjModel model)
    {
        int turn = model.Id(MjObject.Joint, "turn"), lift = model.Id(MjObject.Joint, "lift"), box = model.Id(MjObject.Joint, "box");
        Expect("jnt_type", [(int)model.JointType(turn), (int)model.JointType(lift), (int)model.JointType(box)], 3, 2, 0);
        Expect("jnt_qposadr", [model.JointQposAddress(turn), model.JointQposAddress(lift), model.JointQposAddress(box)], 0, 1, 9);
        Expect("jnt_dofadr", [model.JointDofAddress(turn), model.JointDofAddress(lift), model.JointDofAddress(box)], 0, 1, 8);
        Expect("jnt_bodyid", [model.JointBody(turn), model.JointBody(box)], model.Id(MjObject.Body, "swing"), model.Id(MjObject.Body, "box"));
        Expect("jnt_limited", [model.JointIsLimited(turn) ? 1 : 0, model.JointIsLimited(lift) ? 1 : 0, model.JointIsLimited(box) ? 1 : 0], 1, 1, 0);
        Expect("jnt_axis", model.JointAxis(lift), 0, 0, 1);
        Expect("jnt_range", model.JointRange(lift), -0.31, 0.41);
        Expect("dof_bodyid", [model.DofBody(0), model.DofBody(13)], model.Id(MjObject.Body, "swing"), model.Id(MjObject.Body, "box"));
        Expect("dof_jntid", [model.DofJoint(1), model.DofJoint(13)], lift, box);
        Expect("dof_armature", model.DofArmature[1], 0.061);
        Expect("dof_damping", model.DofDamping[1], 0.51);
        Expect("dof_frictionloss", model.DofFrictionLoss[1], 0.071);
        Expect("qpos0", model.Qpos0[1..], 0, -1.1, -1.2, 2.3, 0.6, 0.8, 0, 0);
    }

    private static void Shapes(MjModel model)
    {
        int floor = model.Id(MjObject.Geom, "floor"), ball = model.Id(MjObject.Geom, "ball"), leaf = model.Id(MjObject.Geom, "leaf");
        Expect("geom_type", [(int)model.GeomType(floor), (int)model.GeomType(ball), (int)model.GeomType(leaf)], 0, 2, 5);
        Expect("geom_bodyid", [model.GeomBody(floor), model.GeomBody(leaf)], 0, model.Id(MjObject.Body, "leaf"));
        Expect("geom_group", [model.GeomGroup(floor), model.GeomGroup(ball)], 0, 3);
        Expect("geom_matid", [model.GeomMaterial(floor), model.GeomMaterial(leaf)], -1, model.Id(MjObject.Material, "paint"));
        Expect("geom_contype", [model.GeomContactType[floor], model.GeomContactType[ball]], 1, 2);
        Expect("geom_conaffinity", [model.GeomContactAffinity[floor], model.GeomContactAffinity[ball]], 1, 4);
        Expect("geom_priority", [model.GeomPriority[floor], model.GeomPriority[leaf]], 0, 3);
        Expect("geom_size", model.GeomSize(leaf), 0.043, 0.053);
        Expect("geom_rbound", model.GeomBoundingRadius[ball], 0.123);
        Expect("geom_pos", model.GeomPosition(ball), 0.21, 0.22, 0.23);
        Expect("geom_quat", model.GeomQuaternion(ball), 0.8, 0.6, 0, 0);
        Expect("geom_friction", model.GeomFriction(ball), 0.81, 0.0082, 0.00083);
        Expect("geom_rgba", model.GeomRgba(ball), 0.55, 0.65, 0.75, 0.85);
        Expect("mat_rgba", model.MaterialRgba(model.Id(MjObject.Material, "paint")), 0.15, 0.25, 0.35, 0.45);
    }

    private static void Drives(MjModel model)
    {
        var drive = model.Id(MjObject.Actuator, "drive");
        Expect("actuator_gainprm", model.ActuatorGain(drive), 3.5, 0.11, 0.12);
        Expect("actuator_biasprm", model.ActuatorBias(drive), 0.6, -0.7, -0.8);
        Expect("actuator_ctrlrange", model.ActuatorControlRange(drive), -2.1, 2.2);
        Expect("actuator_forcerange", model.ActuatorForceRange(drive), -41, 42);
        Expect("actuator_trnid", [model.ActuatorTarget(drive)[0], model.ActuatorTarget(1)[0]], model.Id(MjObject.Joint, "lift"), 0);
        Expect("sensor_adr", [model.SensorAddress(0), model.SensorAddress(1)], 0, 3);
        Expect("sensor_dim", [model.SensorDimension(0), model.SensorDimension(1)], 3, 1);
    }
}
