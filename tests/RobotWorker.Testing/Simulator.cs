using System.Diagnostics;
using RobotWorker.MuJoCo;

namespace RobotWorker.Testing;

/// <summary>MuJoCo as a peer that may be missing.</summary>
public static class Simulator
{
    /// <summary>The file of the library that is loaded.</summary>
    public static string Library
    {
        get
        {
            Require();
            using var here = Process.GetCurrentProcess();
            return here.Modules.Cast<ProcessModule>().Select(m => m.FileName).First(f => Path.GetFileName(f).StartsWith("libmujoco", StringComparison.Ordinal));
        }
    }

    /// <summary>Ends the tests (skipped, or failed in CI) when MuJoCo cannot be used here.</summary>
    public static void Require()
    {
        try
        {
            MuJoCoLibrary.Load();
        }
        catch (MuJoCoUnavailableException missing)
        {
            Peer.Missing(missing.Message);
        }
    }
}
