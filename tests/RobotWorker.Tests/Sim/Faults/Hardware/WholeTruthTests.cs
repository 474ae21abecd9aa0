using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Testing;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

/// <summary>The monitor sees what a real robot would send, and no more.</summary>
public sealed class WholeTruthTests
{
    private static readonly string[] Names = [.. HardwareFaults.All.Select(kind => kind.Name)];

    [Test]
    public void NoMessage_OfABrokenRobot_CarriesTheFaultsName() => Rig.Run(async rig =>
    {
        var tap = new Listener();
        rig.Client.Tap(tap);
        foreach (var name in Names) rig.Break(name, seconds: 0.3);
        await rig.Wait(0.5);

        Assert.That(tap.Bytes, Is.GreaterThan(10_000));
        Assert.That(tap.Found, Is.Empty);
    });

    [Test]
    public void WholeRobot_NothingThatIsMeasured_IsTwiceTheSame() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Look(new(0, 0.95, 0.75)).Completion;
        await rig.Wait(3);

        string[] measured =
        [
            "arm_joint_1.position", "arm_joint_4.position", "arm_joint_2.effort", "gripper.width", "gripper.measured_force", "gripper.temperature", "gripper.current", "base.measured_speed",
            "base.temperature", "base.current", "arm.temperature", "battery.voltage", "battery.current", "battery.temperature", "lidar.change", "localization.x", "localization.deviation",
            "computer.cpu_temperature", "computer.memory_available",
        ];
        foreach (var signal in measured)
        {
            var values = ear.All(signal);
            Assert.That(values.Zip(values.Skip(1)).Count(pair => pair.First == pair.Second), Is.LessThanOrEqualTo(values.Count / 20), signal);
        }
    });

    [Test]
    public void SameSeed_WithFaults_SameBytes_AnotherSeedOthers()
    {
        static string Story(ulong seed) => Rig.Run(async rig =>
        {
            rig.Break("LOCALIZATION_LOST", seconds: 1);
            rig.Break("CAMERA_NOISY", seconds: 1);
            rig.Break("LIDAR_DIRTY");
            rig.Break("ARM_TORQUE_LOW");
            rig.Break("BATTERY_SAG");
            await rig.Navigate(0, 0.1, 1.57).Completion;
            return rig.Hash;
        }, seed);

        var once = Story(1);
        Assert.That(Story(1), Is.EqualTo(once).And.Not.EqualTo(Story(2)));
    }

    [Test]
    public void AllFaults_AtOnceAndOver_LeaveTheRobotAbleToWork() => Rig.Run(async rig =>
    {
        foreach (var name in Names.Where(name => name is not ("E_STOP" or "CLOCK_JUMP"))) rig.Break(name, seconds: 1);
        await rig.Wait(4);

        Assert.That((await rig.Follow(rig.World.Robot.Posture("home"), 2).Completion).State, Is.EqualTo(RobotWorker.Ros.Actions.GoalState.Succeeded));
        Assert.That((await rig.Navigate(0, 0, 1.57).Completion).State, Is.EqualTo(RobotWorker.Ros.Actions.GoalState.Succeeded));
    });

    [Test]
    public void Documentation_HasEveryFaultWithItsNumbers()
    {
        var table = File.ReadAllLines(Repository.PathOf("docs/simulated-faults.md"));
        foreach (var kind in HardwareFaults.All)
        {
            var line = table.SingleOrDefault(l => l.StartsWith($"| {kind.Name} |", StringComparison.Ordinal));
            Assert.That(line, Is.Not.Null, kind.Name);
            foreach (var parameter in kind.Parameters) Assert.That(line, Does.Contain($"`{parameter}`"), kind.Name);
        }
        Assert.That(FaultReader.Kinds, Is.SupersetOf(Names));
    }

    private sealed class Listener : IMessageTap
    {
        private readonly byte[][] names = [.. Names.Select(Encoding.UTF8.GetBytes)];

        public int Bytes { get; private set; }

        public List<string> Found { get; } = [];

        void IMessageTap.Saw(in TappedMessage message)
        {
            var bytes = Cdr.Serialize(message.Message);
            Bytes += bytes.Length;
            foreach (var name in names)
                if (bytes.AsSpan().IndexOf(name) >= 0) Found.Add($"{message.Topic.Name}: {Encoding.UTF8.GetString(name)}");
        }
    }
}
