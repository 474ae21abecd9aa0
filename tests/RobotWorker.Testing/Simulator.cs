using RobotWorker.MuJoCo;

namespace RobotWorker.Testing;

/// <summary>MuJoCo as a peer that may be missing.</summary>
public static class Simulator
{
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
