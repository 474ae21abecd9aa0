using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>
/// The state of one simulation of a model. One thread at a time may use it; different data of one model run on different threads.
/// Stepping allocates nothing. Spans point into MuJoCo's memory: they are valid until <see cref="Dispose"/>,
/// and do not keep the data alive by themselves.
/// </summary>
public sealed unsafe partial class MjData : IDisposable
{
    private readonly DataHandle _handle;
    private readonly nint _model;
    private readonly nint _data;

    /// <summary>A new state in the model's reference pose. Call <see cref="Forward"/> before reading poses.</summary>
    public MjData(MjModel model)
    {
        Model = model;
        _handle = model.MakeData();
        if (_handle.IsInvalid) throw new MuJoCoException("MuJoCo could not allocate the data of the model.");
        _model = model.Pointer;
        _data = _handle.DangerousGetHandle();
        var data = new NativeStruct(_data, model.Layout.Data, model.Layout.SizeOfCount);
        LookUpState(data);
        LookUpPoses(data);
        LookUpContacts(data, model.Layout);
    }

    /// <summary>The model that is simulated.</summary>
    public MjModel Model { get; }

    /// <summary>Simulated time, in seconds.</summary>
    public double Time
    {
        get => *Alive(_time);
        set => *Alive(_time) = value;
    }

    internal nint Pointer => _handle.IsClosed ? throw new ObjectDisposedException(nameof(MjData)) : _data;

    /// <summary>Advances by one time step under the control and forces that stand in the spans.</summary>
    public void Step()
    {
        NativeMethods.mj_step(_model, Pointer);
        GC.KeepAlive(this);
    }

    /// <summary>Advances by several time steps.</summary>
    public void Step(int count)
    {
        for (var i = 0; i < count; i++) Step();
    }

    /// <summary>First half of a step: all that depends on position and velocity. Then set controls, then <see cref="Step2"/>.</summary>
    public void Step1()
    {
        NativeMethods.mj_step1(_model, Pointer);
        GC.KeepAlive(this);
    }

    /// <summary>Second half of a step: forces, acceleration, integration (not with the Runge-Kutta integrator).</summary>
    public void Step2()
    {
        NativeMethods.mj_step2(_model, Pointer);
        GC.KeepAlive(this);
    }

    /// <summary>Computes everything from the state without advancing time: poses, contacts, forces, sensors.</summary>
    public void Forward()
    {
        NativeMethods.mj_forward(_model, Pointer);
        GC.KeepAlive(this);
    }

    /// <summary>Computes poses alone from the positions: what a renderer needs.</summary>
    public void Kinematics()
    {
        NativeMethods.mj_kinematics(_model, Pointer);
        NativeMethods.mj_comPos(_model, Pointer);
        NativeMethods.mj_camlight(_model, Pointer);
        GC.KeepAlive(this);
    }

    /// <summary>Back to the model's reference pose at time zero.</summary>
    public void Reset()
    {
        NativeMethods.mj_resetData(_model, Pointer);
        GC.KeepAlive(this);
    }

    /// <summary>Back to a key frame of the model.</summary>
    public void Reset(int keyFrame)
    {
        if ((uint)keyFrame >= (uint)Model.Nkey)
            throw new ArgumentOutOfRangeException(nameof(keyFrame), keyFrame, $"The model has {Model.Nkey} key frames.");
        NativeMethods.mj_resetDataKeyframe(_model, Pointer, keyFrame);
        GC.KeepAlive(this);
    }

    /// <summary>Recomputes what the model derives from masses, inertias and the reference pose, after these were changed. Resets this data's
    /// positions to the reference pose, so use a spare one or reset afterwards.</summary>
    public void RecomputeConstants()
    {
        NativeMethods.mj_setConst(_model, Pointer);
        GC.KeepAlive(this);
    }

    /// <summary>Frees the data; its spans must not be used any more.</summary>
    public void Dispose() => _handle.Dispose();

    private T* Alive<T>(T* pointer) where T : unmanaged => _handle.IsClosed ? throw new ObjectDisposedException(nameof(MjData)) : pointer;
}
