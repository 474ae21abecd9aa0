using System.Runtime.InteropServices;

namespace RobotWorker.MuJoCo.Native;

/// <summary>Owns an mjModel. Each MjData holds a reference, so that the model lives as long as its last data.</summary>
internal sealed class ModelHandle : SafeHandle
{
    public ModelHandle(nint model) : base(0, ownsHandle: true) => SetHandle(model);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.mj_deleteModel(handle);
        return true;
    }
}

/// <summary>Owns an mjData and a reference to its model.</summary>
internal sealed class DataHandle : SafeHandle
{
    private readonly ModelHandle _model;

    public DataHandle(ModelHandle model) : base(0, ownsHandle: true)
    {
        var referenced = false;
        model.DangerousAddRef(ref referenced);
        _model = model;
        SetHandle(NativeMethods.mj_makeData(model.DangerousGetHandle()));
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.mj_deleteData(handle);
        _model.DangerousRelease();
        return true;
    }
}
