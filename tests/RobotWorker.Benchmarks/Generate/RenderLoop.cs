using System.Diagnostics;
using System.Globalization;
using RobotWorker.Benchmarks.MuJoCo;
using RobotWorker.MuJoCo;
using RobotWorker.MuJoCo.Rendering;

namespace RobotWorker.Benchmarks.Generate;

/// <summary>The loop of native/mujoco-render.c with our renderer: picture, depth in metres, and segmentation by geom. A process of its own, since the number of threads that draw is told to it at its start.</summary>
internal static class RenderLoop
{
    public const string Verb = "render-loop";

    private const double StepRadians = 0.01;
    private const int StepsOfASweep = 40;

    /// <param name="args">Model, camera, width, height, frames, joint.</param>
    public static int Run(string[] args)
    {
        using var model = MjModel.FromXml(File.ReadAllText(args[0]));
        using var data = new MjData(model);
        var (width, height, frames) = (Number(args[2]), Number(args[3]), Number(args[4]));
        using var renderer = OffscreenRenderer.Create(model, width, height, RenderQuality.Fast, RenderBackend.EglSurfaceless);
        var view = CameraView.Named(args[1]);
        var joint = model.JointQposAddress(model.Id(MjObject.Joint, args[5]));
        var (rgb, depth, geoms) = (new byte[3 * width * height], new float[width * height], new int[width * height]);
        Loop();    // warms what there is to warm, as the C program does
        var begin = Stopwatch.GetTimestamp();
        Loop();
        var speed = frames / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{speed:R} {rgb.Sum(b => (long)b) + geoms.Count(g => g >= 0)}"));
        return 0;

        void Loop()
        {
            for (var frame = 0; frame < frames; frame++)
            {
                data.Qpos[joint] = StepRadians * (frame % StepsOfASweep);
                data.Kinematics();
                renderer.Render(data, view, rgb, depth);
                renderer.RenderSegmentation(data, view, geoms);
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
