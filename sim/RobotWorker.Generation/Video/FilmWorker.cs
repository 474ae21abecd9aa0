using System.Text.Json;
using RobotWorker.MuJoCo;
using RobotWorker.MuJoCo.Rendering;
using RobotWorker.Recording.Video;

namespace RobotWorker.Generation.Video;

/// <summary>The child process's side of a film: reads the order and the states from its input, renders each, and hands it to the encoder.</summary>
public static class FilmWorker
{
    /// <summary>Works until the input ends, then writes statistics as JSON.</summary>
    /// <returns>0, or 1 after a line on <paramref name="errors"/> that says why there is no film.</returns>
    public static int Run(Stream input, TextWriter output, TextWriter errors, TimeProvider stopwatch)
    {
        try
        {
            using var from = new BinaryReader(input);
            var order = RenderOrder.Read(from);
            output.Write(JsonSerializer.Serialize(Render(order, from, errors, stopwatch), FilmJson.Default.FilmStatistics));
            return 0;
        }
        catch (Exception e) when (e is MuJoCoException or VideoException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static FilmStatistics Render(RenderOrder order, BinaryReader from, TextWriter notices, TimeProvider stopwatch)
    {
        using var model = MjModel.FromXml(order.Mjcf);
        using var data = new MjData(model);
        using var renderer = OffscreenRenderer.Create(model, order.Width, order.Height, Quality(order.Training));
        using var sink = VideoFile.Open(order.Output, new(order.Width, order.Height, order.FramesPerSecond) { KeyFrameEvery = order.Training is null ? null : 2 }, out var notice);
        if (notice is not null) notices.WriteLine(notice);
        var limit = DepthSidecar.Limit(renderer.FarMetres);
        using var depth = order.Training?.Depth is { } near ? new DepthSidecar(order, near, limit) : null;
        using var segmentation = order.Training is { Segmentation: { } parts } training ? new SegmentationSidecar(order, parts, SegmentNames.Ids(model, training.Segments)) : null;
        var view = CameraView.Named(order.Camera);
        var picture = new byte[order.Width * order.Height * 3];
        var geoms = depth is null && segmentation is null ? null : new int[order.Width * order.Height];
        var state = new double[data.StateSize];
        var histogram = order.Training is null ? null : new long[3 * 256];
        var track = order.Training is null ? null : new CameraTrack(model, order.Camera);
        var (frames, rendering, encoding) = (0, TimeSpan.Zero, TimeSpan.Zero);
        while (ReadState(from, state))
        {
            var start = stopwatch.GetTimestamp();
            data.LoadState(state);
            data.Kinematics();
            renderer.Render(data, view, picture, depth is null ? [] : depth.Metres);
            if (geoms is not null) renderer.RenderSegmentation(data, view, geoms);
            track?.Add(data);
            var rendered = stopwatch.GetTimestamp();
            sink.Write(picture);
            depth?.Write(geoms);
            segmentation?.Write(geoms);
            if (histogram is not null) Count(picture, histogram);
            rendering += stopwatch.GetElapsedTime(start, rendered);
            encoding += stopwatch.GetElapsedTime(rendered);
            frames++;
        }
        var last = stopwatch.GetTimestamp();
        sink.Complete();
        depth?.Complete();
        segmentation?.Complete();
        return new(frames, rendering.TotalSeconds, (encoding + stopwatch.GetElapsedTime(last)).TotalSeconds, renderer.Backend.ToString(), sink.Path, histogram, track is null ? null : new(track.Poses, limit));
    }

    // Without samples against jagged edges: a pixel at an edge would be neither the one nor the other.
    private static RenderQuality Quality(TrainingFilm? training) => training switch
    {
        null => RenderQuality.Overview,
        { Shadows: true } => RenderQuality.Fast with { Shadows = true, ShadowMapPixels = RenderQuality.Overview.ShadowMapPixels },
        _ => RenderQuality.Fast,
    };

    private static void Count(ReadOnlySpan<byte> rgb, Span<long> histogram)
    {
        for (var i = 0; i < rgb.Length; i++) histogram[(i % 3 * 256) + rgb[i]]++;
    }

    /// <summary>False at the end of the input.</summary>
    private static bool ReadState(BinaryReader from, double[] state)
    {
        int length;
        try
        {
            length = from.ReadInt32();
        }
        catch (EndOfStreamException)
        {
            return false;
        }
        if (length != state.Length) throw new InvalidDataException($"a state of {length} numbers came for a model of {state.Length}");
        for (var i = 0; i < length; i++) state[i] = from.ReadDouble();
        return true;
    }
}
