using RobotWorker.Testing;

namespace RobotWorker.Tests.MuJoCo;

/// <summary>Without MuJoCo the tests in this namespace are skipped, and fail in continuous integration.</summary>
[SetUpFixture]
internal sealed class MuJoCoIsHere
{
    [OneTimeSetUp]
    public void Load() => Simulator.Require();
}
