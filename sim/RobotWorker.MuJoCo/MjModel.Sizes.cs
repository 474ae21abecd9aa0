using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Sizes and options of the model.</summary>
public sealed unsafe partial class MjModel
{
    private double* _timestep, _gravity, _extent;

    /// <summary>Generalised coordinates: the length of qpos.</summary>
    public int Nq { get; private set; }

    /// <summary>Degrees of freedom: the length of qvel.</summary>
    public int Nv { get; private set; }

    /// <summary>Actuators: the length of ctrl.</summary>
    public int Nu { get; private set; }

    /// <summary>Activation states: the length of act.</summary>
    public int Na { get; private set; }

    /// <summary>Bodies, the world included.</summary>
    public int Nbody { get; private set; }

    /// <summary>Joints.</summary>
    public int Njnt { get; private set; }

    /// <summary>Geoms.</summary>
    public int Ngeom { get; private set; }

    /// <summary>Sites.</summary>
    public int Nsite { get; private set; }

    /// <summary>Cameras.</summary>
    public int Ncam { get; private set; }

    /// <summary>Lights.</summary>
    public int Nlight { get; private set; }

    /// <summary>Materials.</summary>
    public int Nmat { get; private set; }

    /// <summary>Equality constraints.</summary>
    public int Neq { get; private set; }

    /// <summary>Sensors.</summary>
    public int Nsensor { get; private set; }

    /// <summary>Key frames.</summary>
    public int Nkey { get; private set; }

    /// <summary>Bodies moved from outside (mocap).</summary>
    public int Nmocap { get; private set; }

    /// <summary>Numbers that all sensors give together.</summary>
    public int Nsensordata { get; private set; }

    /// <summary>The physics step, in seconds.</summary>
    public double TimestepSeconds
    {
        get => *Alive(_timestep);
        set => *Alive(_timestep) = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time step must be positive, in seconds.");
    }

    /// <summary>Gravity in the world's frame, in m/s2 (x, y, z).</summary>
    public Span<double> Gravity => new(Alive(_gravity), 3);

    /// <summary>The model's size in metres, as its compiler estimated it; near and far planes of cameras scale with it.</summary>
    public double ExtentMetres => *Alive(_extent);

    /// <summary>How many things of a kind there are.</summary>
    public int Count(MjObject kind) => kind switch
    {
        MjObject.Body => Nbody,
        MjObject.Joint => Njnt,
        MjObject.Geom => Ngeom,
        MjObject.Site => Nsite,
        MjObject.Camera => Ncam,
        MjObject.Light => Nlight,
        MjObject.Material => Nmat,
        MjObject.Equality => Neq,
        MjObject.Actuator => Nu,
        MjObject.Sensor => Nsensor,
        MjObject.Key => Nkey,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of object."),
    };

    private void LookUp(NativeStruct model)
    {
        Nq = model.Count("nq");
        Nv = model.Count("nv");
        Nu = model.Count("nu");
        Na = model.Count("na");
        Nbody = model.Count("nbody");
        Njnt = model.Count("njnt");
        Ngeom = model.Count("ngeom");
        Nsite = model.Count("nsite");
        Ncam = model.Count("ncam");
        Nlight = model.Count("nlight");
        Nmat = model.Count("nmat");
        Neq = model.Count("neq");
        Nsensor = model.Count("nsensor");
        Nkey = model.Count("nkey");
        Nmocap = model.Count("nmocap");
        Nsensordata = model.Count("nsensordata");
        var options = model.Part("opt", _layout.Struct("mjOption"));
        _timestep = options.At<double>("timestep");
        _gravity = options.At<double>("gravity");
        _extent = model.Part("stat", _layout.Struct("mjStatistic")).At<double>("extent");
        LookUpBodies(model);
        LookUpJoints(model);
        LookUpShapes(model);
        LookUpDrives(model);
    }

    private T* Alive<T>(T* pointer) where T : unmanaged => _disposed ? throw new ObjectDisposedException(nameof(MjModel)) : pointer;

    private Span<T> Row<T>(T* array, int index, int count, int width, string what) where T : unmanaged =>
        new(Alive(array) + Index(index, count, what) * width, width);

    private T Item<T>(T* array, int index, int count, string what) where T : unmanaged => Alive(array)[Index(index, count, what)];

    private static int Index(int index, int count, string what) => (uint)index < (uint)count
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The model has {count} of kind {what}.");
}
