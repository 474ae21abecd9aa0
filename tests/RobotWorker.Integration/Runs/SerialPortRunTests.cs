using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>The plan of the arm that is screwed down, at wall pace: the bus of its servos is a serial port, a pseudo-terminal, read by a thread of its own as one of metal is.</summary>
/// <remarks>Slow, since it takes a machine that has nothing else to do: where the simulation falls behind the clock, and catches up, joints jump as none of metal does.</remarks>
[Platform("Linux")]
[Category("Slow")]
public sealed class SerialPortRunTests
{
    [OneTimeSetUp]
    public void NeedsMuJoCo() => Simulator.Require();

    [Test]
    public void AtWallPace_TheBusIsASerialPort_ReadByAThreadOfItsOwn() => Bring(1000203, only: "pick_red");

    // The bar: three times.
    [Test]
    public void Bar_AtWallPace([Range(1000211, 1000213)] int seed) => Bring(seed, only: null);

    /// <param name="only">One step instead of all of them, and no goal.</param>
    private static void Bring(int seed, string? only)
    {
        var folder = Directory.CreateTempSubdirectory("serial").FullName;
        var plan = Path.Combine(folder, "blocks.yaml");
        var steps = File.ReadAllLines(Repository.PathOf("sim/tasks/blocks-to-tray.yaml")).Where(line =>
            only is null || (!line.StartsWith("goal:", StringComparison.Ordinal) && (!line.Contains("{id: ", StringComparison.Ordinal) || line.Contains(only, StringComparison.Ordinal))));
        File.WriteAllText(plan, string.Join('\n', steps).Replace("scene: ../scenes/desk.yaml", $"scene: {Repository.PathOf("sim/scenes/desk.yaml")}", StringComparison.Ordinal));

        var result = RobotWorkerCommand.Run(
            ["run", plan, "--serial-arm", Repository.PathOf("sim/robots/so101-desk.arm.yaml"), "--pace", "wall", "--seed", $"{seed}", "--plain", "--video", "none", "--output", folder]);

        Directory.Delete(folder, recursive: true);
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output + result.Errors, Does.Contain("serial port, /dev/pts/"));
    }
}
