using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Whole arrays of what physics depends on, row after row, and the whole model as bytes.</summary>
public sealed unsafe partial class MjModel
{
    /// <summary>Principal moments of inertia of all bodies, 3 numbers each.</summary>
    public Span<double> BodyInertias => new(Alive(_bodyInertia), Nbody * 3);

    /// <summary>Positions of all bodies in their parents' frames, 3 numbers each.</summary>
    public Span<double> BodyPositions => new(Alive(_bodyPos), Nbody * 3);

    /// <summary>Orientations of all bodies in their parents' frames, 4 numbers each.</summary>
    public Span<double> BodyQuaternions => new(Alive(_bodyQuat), Nbody * 4);

    /// <summary>Centres of mass of all bodies in their own frames, 3 numbers each.</summary>
    public Span<double> BodyCentresOfMass => new(Alive(_bodyIpos), Nbody * 3);

    /// <summary>Axes of all joints, 3 numbers each.</summary>
    public Span<double> JointAxes => new(Alive(_jntAxis), Njnt * 3);

    /// <summary>Limits of all joints, 2 numbers each.</summary>
    public Span<double> JointRanges => new(Alive(_jntRange), Njnt * 2);

    /// <summary>Sizes of all geoms, 3 numbers each.</summary>
    public Span<double> GeomSizes => new(Alive(_geomSize), Ngeom * 3);

    /// <summary>Positions of all geoms in their bodies' frames, 3 numbers each.</summary>
    public Span<double> GeomPositions => new(Alive(_geomPos), Ngeom * 3);

    /// <summary>Orientations of all geoms in their bodies' frames, 4 numbers each.</summary>
    public Span<double> GeomQuaternions => new(Alive(_geomQuat), Ngeom * 4);

    /// <summary>Friction of all geoms, 3 numbers each.</summary>
    public Span<double> GeomFrictions => new(Alive(_geomFriction), Ngeom * 3);

    /// <summary>Gain parameters of all actuators, 10 numbers each.</summary>
    public Span<double> ActuatorGains => new(Alive(_actuatorGainprm), Nu * 10);

    /// <summary>Bias parameters of all actuators, 10 numbers each.</summary>
    public Span<double> ActuatorBiases => new(Alive(_actuatorBiasprm), Nu * 10);

    /// <summary>Lower and upper control of all actuators, 2 numbers each.</summary>
    public Span<double> ActuatorControlRanges => new(Alive(_actuatorCtrlrange), Nu * 2);

    /// <summary>Lower and upper force of all actuators, 2 numbers each.</summary>
    public Span<double> ActuatorForceRanges => new(Alive(_actuatorForcerange), Nu * 2);

    /// <summary>All that is in the model, as MuJoCo writes it to a file: two models of one version that simulate and look the same have the same bytes.</summary>
    public byte[] Save()
    {
        // A size is an int, and from 3.6 on an int64: of an int the upper half of the register is anything.
        var bytes = new byte[(int)NativeMethods.mj_sizeModel(Pointer)];
        fixed (byte* buffer = bytes) NativeMethods.mj_saveModel(Pointer, null, buffer, bytes.Length);
        GC.KeepAlive(this);
        return bytes;
    }
}
