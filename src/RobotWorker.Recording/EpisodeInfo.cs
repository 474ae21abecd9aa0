using System.Collections.Immutable;
using System.Globalization;

namespace RobotWorker.Recording;

/// <summary>What one must know to get the same recording again. Nothing here comes from a wall clock or names a machine.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="Plan">The plan's id.</param>
/// <param name="Seed">Of every random stream of the episode.</param>
/// <param name="Robot">The robot's name.</param>
/// <param name="Simulator">Name and version, <c>MuJoCo 2.2.2</c>; null on a robot of metal.</param>
/// <param name="Integrator">The simulator's integrator, <c>implicit</c>; null on a robot of metal.</param>
/// <param name="Backend">What the robot is, <c>mujoco</c> or <c>rosbridge</c>.</param>
public sealed record EpisodeInfo(
    string Episode, string Plan, ulong Seed, string Robot, string Backend, string? Simulator = null, string? Integrator = null)
{
    internal ImmutableSortedDictionary<string, string> ToMetadata()
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        values["episode"] = Episode;
        values["plan"] = Plan;
        values["seed"] = Seed.ToString(CultureInfo.InvariantCulture);
        values["robot"] = Robot;
        values["backend"] = Backend;
        if (Simulator is not null) values["simulator"] = Simulator;
        if (Integrator is not null) values["integrator"] = Integrator;
        return values.ToImmutable();
    }
}
