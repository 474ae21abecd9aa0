using RobotWorker.Chance;
using RobotWorker.Generation.Runs;
using RobotWorker.Sim.Physics;
using RobotWorker.Testing;

namespace RobotWorker.Benchmarks.Serial;

/// <summary>
/// Two hundred presses of the emergency stop at random moments of the motions of plans that put blocks into a tray: plan, skills, arm, bytes, emulated servos and the arm in MuJoCo with gravity and blocks, the real firmware in simavr
/// before the servos' supply. Times are the world's, from the open contact.
/// </summary>
internal static class StopsOfAPlan
{
    public const int Trials = 200;

    // Far more than it takes: a plan whose blocks a falling arm has thrown off the desk ends early.
    private const int MostPlans = 200;

    // Faster than what counts as still by far: a stop while it stands shows nothing.
    private const double MovesRadiansPerSecond = 0.2;

    /// <param name="hold">How long the board leaves the servos their power: to brake, or not at all.</param>
    public static (Times Seen, Times Stood) Run(TimeSpan hold)
    {
        var presses = new List<PressedStop>();
        var folder = Directory.CreateTempSubdirectory("stops").FullName;
        for (var plan = 0; plan < MostPlans && presses.Count < Trials; plan++) presses.AddRange(RunPlan((ulong)(2_000_001 + plan), hold, folder, Trials - presses.Count));
        Directory.Delete(folder, recursive: true);
        if (presses.Count < Trials) throw new BenchmarkException($"only {presses.Count} stops in {MostPlans} plans");
        return (Times.Of(presses.Select(press => press.Seen is { } seen ? seen - press.At : double.PositiveInfinity)), Times.Of(presses.Select(press => press.Stood - press.At)));
    }

    private static List<PressedStop> RunPlan(ulong seed, TimeSpan hold, string folder, int most)
    {
        var chance = RandomStream.For(seed, "desk", "stops");
        var left = NextMotion();
        var ends = new StopSwitch();
        using var stops = new EmergencyStops(hold, arm =>
        {
            if (EmergencyStops.Fastest(arm.World) < MovesRadiansPerSecond || (left -= SimWorld.StepSeconds) > 0) return false;
            left = NextMotion();
            return true;
        }, patience: null) { Answered = presses => { if (presses >= most) ends.Press(); } };
        stops.Run(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"), seed, folder, ends);
        // One that nobody was asked about yet when the plan's time was over is not whole.
        return [.. stops.Presses.Take(stops.Released)];

        double NextMotion() => chance.Uniform(0.05, 1.5);
    }
}
