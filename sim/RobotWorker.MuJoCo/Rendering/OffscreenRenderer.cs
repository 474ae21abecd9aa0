namespace RobotWorker.MuJoCo.Rendering;

/// <summary>
/// Takes pictures of a simulation without a display. It tries EGL without a surface, EGL on a device, OSMesa, and at last rays.
/// Use it on the thread that created it; for speed on several cores use several processes, each with the environment variable
/// LP_NUM_THREADS=0 set by its parent.
/// </summary>
public abstract class OffscreenRenderer : IDisposable
{
    private protected OffscreenRenderer(MjModel model, int width, int height, RenderBackend backend)
    {
        Model = model;
        Width = width;
        Height = height;
        Backend = backend;
        FarMetres = DepthScale.Of(model).FarMetres;
    }

    /// <summary>The model that is drawn.</summary>
    public MjModel Model { get; }

    /// <summary>Width of the picture in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the picture in pixels.</summary>
    public int Height { get; }

    /// <summary>How far it sees along the viewing direction: where nothing is drawn, the depth is this.</summary>
    public double FarMetres { get; }

    /// <summary>How the pictures are made.</summary>
    public RenderBackend Backend { get; }

    /// <summary>Prepares drawing a model with the best backend there is.</summary>
    /// <param name="model">The model to draw.</param>
    /// <param name="width">Width of the pictures in pixels.</param>
    /// <param name="height">Height of the pictures in pixels.</param>
    /// <param name="quality">What a picture may cost.</param>
    /// <param name="backend">The only backend to try; null: all of them in order.</param>
    /// <exception cref="MuJoCoException">The backend asked for does not work here; the message says why.</exception>
    public static OffscreenRenderer Create(MjModel model, int width, int height, RenderQuality quality, RenderBackend? backend = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var refusals = new List<string>();
        foreach (var candidate in backend is { } only ? [only] : Enum.GetValues<RenderBackend>())
        {
            OffscreenRenderer? renderer = candidate == RenderBackend.Rays
                ? new RayRenderer(model, width, height, quality)
                : GlRenderer.TryCreate(model, width, height, quality, candidate, refusals);
            if (renderer is not null) return renderer;
        }
        throw new MuJoCoException($"Pictures cannot be made here ({string.Join("; ", refusals)}). Install libegl1 and libgl1-mesa-dri.");
    }

    /// <summary>Takes a picture: 3 bytes a pixel (red, green, blue), rows from the top.</summary>
    /// <param name="data">The state; its poses must be computed (a step, <see cref="MjData.Forward"/> or <see cref="MjData.Kinematics"/>).</param>
    /// <param name="view">From where.</param>
    /// <param name="rgb">Receives width x height x 3 bytes.</param>
    public void Render(MjData data, CameraView view, Span<byte> rgb) => Render(data, view, rgb, []);

    /// <summary>Takes a picture together with its depth.</summary>
    /// <param name="data">The state; its poses must be computed.</param>
    /// <param name="view">From where.</param>
    /// <param name="rgb">Receives width x height x 3 bytes; empty: no colours.</param>
    /// <param name="depthMetres">Receives the distance along the viewing direction a pixel, rows from the top; empty: no depth. A sky that the model has is drawn at a distance, and has one.</param>
    public void Render(MjData data, CameraView view, Span<byte> rgb, Span<float> depthMetres)
    {
        Check(data);
        if (rgb.Length != 0 && rgb.Length < Width * Height * 3) throw new ArgumentException($"The picture needs {Width * Height * 3} bytes.", nameof(rgb));
        if (depthMetres.Length != 0 && depthMetres.Length < Width * Height) throw new ArgumentException($"The depth needs {Width * Height} numbers.", nameof(depthMetres));
        Draw(data, view, rgb, depthMetres);
    }

    /// <summary>Tells which geom is seen at each pixel, rows from the top; -1: none.</summary>
    /// <param name="data">The state; its poses must be computed.</param>
    /// <param name="view">From where.</param>
    /// <param name="geomIds">Receives width x height ids.</param>
    public void RenderSegmentation(MjData data, CameraView view, Span<int> geomIds)
    {
        Check(data);
        if (geomIds.Length < Width * Height) throw new ArgumentException($"The segmentation needs {Width * Height} numbers.", nameof(geomIds));
        DrawSegmentation(data, view, geomIds);
    }

    /// <summary>Frees what the pictures were made with.</summary>
    public abstract void Dispose();

    private protected abstract void Draw(MjData data, CameraView view, Span<byte> rgb, Span<float> depthMetres);

    private protected abstract void DrawSegmentation(MjData data, CameraView view, Span<int> geomIds);

    private void Check(MjData data)
    {
        if (data.Model != Model) throw new MuJoCoException("The data belongs to another model than the renderer.");
    }
}
