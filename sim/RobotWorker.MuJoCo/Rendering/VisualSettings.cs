using RobotWorker.MuJoCo.Native;
using RobotWorker.MuJoCo.Native.Probe;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>
/// MuJoCo reads picture size and quality from the model when a context is made. They are set for that moment and put back, so that the
/// model stays as it was and renderers of different quality can share it.
/// </summary>
internal sealed unsafe class VisualSettings : IDisposable
{
    private static readonly Lock OneAtATime = new();
    private static readonly string[] Fields =
    [
        "global.offwidth", "global.offheight", "quality.shadowsize", "quality.offsamples",
        "quality.numslices", "quality.numstacks", "quality.numquads",
    ];

    private readonly NativeStruct _visual;
    private readonly int[] _before;

    private VisualSettings(MjModel model)
    {
        OneAtATime.Enter();
        _visual = new NativeStruct(model.Pointer, model.Layout.Model, model.Layout.SizeOfCount).Part("vis", model.Layout.Struct("mjVisual"));
        _before = [.. Fields.Select(field => *_visual.At<int>(field))];
    }

    public static VisualSettings Apply(MjModel model, int width, int height, RenderQuality quality)
    {
        var settings = new VisualSettings(model);
        settings.Write([width, height, quality.Shadows ? quality.ShadowMapPixels : 0, quality.Samples, quality.Slices, quality.Stacks, quality.Quads]);
        return settings;
    }

    /// <summary>Expects these values of width, height, shadow size, samples, slices, stacks, quads.</summary>
    public static void Verify(MjModel model, ReadOnlySpan<double> values)
    {
        using var settings = new VisualSettings(model);
        for (var i = 0; i < Fields.Length; i++) LayoutProbe.Expect("vis." + Fields[i], settings._before[i], values[i]);
    }

    public void Dispose()
    {
        Write(_before);
        OneAtATime.Exit();
    }

    private void Write(ReadOnlySpan<int> values)
    {
        for (var i = 0; i < Fields.Length; i++) *_visual.At<int>(Fields[i]) = values[i];
    }
}
