using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RobotWorker.MuJoCo;
using RobotWorker.MuJoCo.Rendering;
using RobotWorker.Testing;

namespace RobotWorker.Tests.MuJoCo;

/// <summary>
/// Some things happen once a process: a fatal error ends it, OpenGL's platform is chosen for good. The test program starts itself
/// anew with an environment variable, does the one thing and ends before any test runs.
/// </summary>
internal static class ChildProgram
{
    public const string FatalError = "fatal-error", Picture = "picture";

    private const string Role = "ROBOTWORKER_TESTS_MUJOCO_CHILD", Argument = "ROBOTWORKER_TESTS_MUJOCO_ARGUMENT";

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Error([MarshalAs(UnmanagedType.LPUTF8Str)] string message);

    public static PeerResult Run(string role, string argument) => Peer.Run(
        Path.Combine(AppContext.BaseDirectory, "RobotWorker.Tests"), [],
        environment: new Dictionary<string, string?> { [Role] = role, [Argument] = argument, ["LP_NUM_THREADS"] = "0" });

    [ModuleInitializer]
    internal static void PlayRole()
    {
        var argument = Environment.GetEnvironmentVariable(Argument) ?? "";
        switch (Environment.GetEnvironmentVariable(Role))
        {
            case FatalError:
                MuJoCoLibrary.Load();
                var library = NativeLibrary.Load(MuJoCoLibrary.FileName);
                Marshal.GetDelegateForFunctionPointer<Error>(NativeLibrary.GetExport(library, "mju_error"))(argument);
                Environment.Exit(0);        // reached only when the error was swallowed
                break;
            case Picture:
                DrawFirstOf(argument);
                Environment.Exit(0);
                break;
        }
    }

    // Tries the backends named, in order, and prints which one drew and what is in the middle of the picture.
    private static void DrawFirstOf(string backends)
    {
        using var model = Worlds.BoxAndArm();
        using var data = new MjData(model);
        data.Forward();
        foreach (var backend in backends.Split(',').Select(Enum.Parse<RenderBackend>))
        {
            try
            {
                using var renderer = OffscreenRenderer.Create(model, 64, 48, RenderQuality.Fast, backend);
                var rgb = new byte[64 * 48 * 3];
                renderer.Render(data, CameraView.Named("above"), rgb);
                var middle = (24 * 64 + 32) * 3;
                Console.WriteLine($"{renderer.Backend} {(rgb[middle] > 2 * rgb[middle + 1] + 20 ? "red" : "other")}");
            }
            catch (MuJoCoException refused)
            {
                Console.WriteLine($"{backend} refused: {refused.Message}");
            }
        }
    }
}
