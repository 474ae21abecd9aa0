using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Joints and degrees of freedom.</summary>
public sealed unsafe partial class MjModel
{
    private int* _jntType, _jntQposadr, _jntDofadr, _jntBodyid, _dofBodyid, _dofJntid;
    private byte* _jntLimited;
    private double* _jntAxis, _jntRange, _dofArmature, _dofDamping, _dofFrictionloss, _qpos0;

    /// <summary>How a joint moves.</summary>
    public MjJointType JointType(int joint) => (MjJointType)Item(_jntType, joint, Njnt, "joint");

    /// <summary>Where the joint begins in qpos.</summary>
    public int JointQposAddress(int joint) => Item(_jntQposadr, joint, Njnt, "joint");

    /// <summary>Where the joint begins in qvel and forces.</summary>
    public int JointDofAddress(int joint) => Item(_jntDofadr, joint, Njnt, "joint");

    /// <summary>The body that the joint moves.</summary>
    public int JointBody(int joint) => Item(_jntBodyid, joint, Njnt, "joint");

    /// <summary>Whether the joint has limits.</summary>
    public bool JointIsLimited(int joint) => Item(_jntLimited, joint, Njnt, "joint") != 0;

    /// <summary>Axis in the body's frame.</summary>
    public Span<double> JointAxis(int joint) => Row(_jntAxis, joint, Njnt, 3, "joint");

    /// <summary>Lower and upper limit, in metres or radians; it counts when the joint is limited.</summary>
    public Span<double> JointRange(int joint) => Row(_jntRange, joint, Njnt, 2, "joint");

    /// <summary>The body that a degree of freedom moves.</summary>
    public int DofBody(int dof) => Item(_dofBodyid, dof, Nv, "dof");

    /// <summary>The joint that a degree of freedom belongs to.</summary>
    public int DofJoint(int dof) => Item(_dofJntid, dof, Nv, "dof");

    /// <summary>Rotor inertia of each degree of freedom, in kg or kg m2.</summary>
    public Span<double> DofArmature => new(Alive(_dofArmature), Nv);

    /// <summary>Damping of each degree of freedom, in N s/m or N m s/rad.</summary>
    public Span<double> DofDamping => new(Alive(_dofDamping), Nv);

    /// <summary>Dry friction of each degree of freedom, in N or N m.</summary>
    public Span<double> DofFrictionLoss => new(Alive(_dofFrictionloss), Nv);

    /// <summary>Positions in the reference pose, laid out as qpos.</summary>
    public Span<double> Qpos0 => new(Alive(_qpos0), Nq);

    private void LookUpJoints(NativeStruct model)
    {
        _jntType = model.Array<int>("jnt_type");
        _jntQposadr = model.Array<int>("jnt_qposadr");
        _jntDofadr = model.Array<int>("jnt_dofadr");
        _jntBodyid = model.Array<int>("jnt_bodyid");
        _jntLimited = model.Array<byte>("jnt_limited");
        _jntAxis = model.Array<double>("jnt_axis");
        _jntRange = model.Array<double>("jnt_range");
        _dofBodyid = model.Array<int>("dof_bodyid");
        _dofJntid = model.Array<int>("dof_jntid");
        _dofArmature = model.Array<double>("dof_armature");
        _dofDamping = model.Array<double>("dof_damping");
        _dofFrictionloss = model.Array<double>("dof_frictionloss");
        _qpos0 = model.Array<double>("qpos0");
    }
}
