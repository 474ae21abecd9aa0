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
        using var renderer = OffscreenRenderer.Create(model, order.Width, order.Height, order.ForTraining ? RenderQuality.Fast : RenderQuality.Overview);
        using var sink = VideoFile.Open(order.Output, new(order.Width, order.Height, order.FramesPerSecond) { KeyFrameEvery = order.ForTraining ? 2 : null }, out var notice);
        if (notice is not null) notices.WriteLine(notice);
        var view = CameraView.Named(order.Camera);
        var picture = new byte[order.Width * order.Height * 3];
        var state = new double[data.StateSize];
        var histogram = order.ForTraining ? new long[3 * 256] : null;
        var (frames, rendering, encoding) = (0, TimeSpan.Zero, TimeSpan.Zero);
        while (ReadState(from, state))
        {
            var start = stopwatch.GetTimestamp();
            data.LoadState(state);
            data.Kinematics();
            renderer.Render(data, view, picture);
            var rendered = stopwatch.GetTimestamp();
            sink.Write(picture);
            if (histogram is not null) Count(picture, histogram);
            rendering += stopwatch.GetElapsedTime(start, rendered);
            encoding += stopwatch.GetElapsedTime(rendered);
            frames++;
        }
        var last = stopwatch.GetTimestamp();
        sink.Complete();
        return new(frames, rendering.TotalSeconds, (encoding + stopwatch.GetElapsedTime(last)).TotalSeconds, renderer.Backend.ToString(), sink.Path, histogram);
    }

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
