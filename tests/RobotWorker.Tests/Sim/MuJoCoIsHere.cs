using RobotWorker.MuJoCo;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Sim;

/// <summary>Without MuJoCo the tests in this namespace are skipped, and fail in continuous integration.</summary>
[SetUpFixture]
internal sealed class MuJoCoIsHere
{
    [OneTimeSetUp]
    public void Load()
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
