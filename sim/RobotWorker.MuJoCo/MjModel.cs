using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>
/// A compiled model: what does not change while it is simulated. Several <see cref="MjData"/> on several threads may share it.
/// A few parameters may be varied (masses, friction, gains); do that before threads share it. Sizes and arrays are named after MuJoCo's
/// fields; units are SI, angles in radians, quaternions (w, x, y, z).
/// </summary>
public sealed partial class MjModel : IDisposable
{
    private readonly ModelHandle _handle;
    private readonly LayoutTable _layout;
    private bool _disposed;         // the handle itself stays open while data refer to it

    internal MjModel(nint model, LayoutTable layout)
    {
        _handle = new ModelHandle(model);
        _layout = layout;
        LookUp(new NativeStruct(model, _layout.Model, _layout.SizeOfCount));
    }

    /// <summary>Compiles MJCF text. Meshes and includes need <see cref="FromFile"/>.</summary>
    /// <exception cref="MuJoCoException">The text does not compile; the message is MuJoCo's, with the line.</exception>
    /// <exception cref="MuJoCoUnavailableException">MuJoCo's library cannot be used.</exception>
    public static MjModel FromXml(string mjcf)
    {
        MuJoCoLibrary.Load();
        return new MjModel(XmlCompiler.CompileText(mjcf), MuJoCoLibrary.Layout);
    }

    /// <summary>Compiles an MJCF or URDF file.</summary>
    /// <exception cref="MuJoCoException">It is missing or does not compile.</exception>
    public static MjModel FromFile(string path)
    {
        MuJoCoLibrary.Load();
        return new MjModel(XmlCompiler.CompileFile(path), MuJoCoLibrary.Layout);
    }

    internal nint Pointer => _disposed ? throw new ObjectDisposedException(nameof(MjModel)) : _handle.DangerousGetHandle();

    internal LayoutTable Layout => _layout;

    internal DataHandle MakeData()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new DataHandle(_handle);
    }

    /// <summary>Frees the model once its last <see cref="MjData"/> is disposed too.</summary>
    public void Dispose()
    {
        _disposed = true;
        _handle.Dispose();
    }
}
