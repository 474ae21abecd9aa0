using System.Collections.Immutable;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Truth;

namespace RobotWorker.Sim.Faults;

/// <summary>When a fault was physically there. Simulated seconds.</summary>
/// <param name="EndSeconds">Null while it lasts.</param>
public sealed record FaultStrike(FaultDescription Fault, double StartSeconds, double? EndSeconds);

/// <summary>
/// Brings about the physical effect of faults when the truth meets their triggers. Call <see cref="Step"/> after every <see cref="TruthLog.Step"/>.
/// </summary>
public sealed class FaultInjector
{
    private readonly SimWorld world;
    private readonly TruthLog truth;
    private readonly ImmutableArray<FaultDescription> faults;
    private readonly FaultStrike?[] strikes;

    /// <exception cref="ArgumentException">A fault waits for an object that is not in the scene.</exception>
    public FaultInjector(SimWorld world, TruthLog truth, ImmutableArray<FaultDescription> faults)
    {
        (this.world, this.truth, this.faults) = (world, truth, faults);
        strikes = new FaultStrike?[faults.Length];
        foreach (var fault in faults) world.ObjectPose(fault.When.Object);
    }

    /// <summary>What has struck so far, in the order of the faults.</summary>
    public ImmutableArray<FaultStrike> Strikes => [.. strikes.OfType<FaultStrike>()];

    public void Step()
    {
        var fraction = 1.0;
        for (var i = 0; i < faults.Length; i++)
        {
            if (strikes[i] is null && IsDue(faults[i].When)) strikes[i] = new(faults[i], world.TimeSeconds, null);
            if (strikes[i] is not { EndSeconds: null } strike) continue;
            if (world.TimeSeconds >= strike.StartSeconds + faults[i].DurationSeconds) strikes[i] = strike with { EndSeconds = world.TimeSeconds };
            else fraction = Math.Min(fraction, faults[i].RemainingForce);
        }
        world.Gripper.ForceFraction = fraction;
    }

    private bool IsDue(FaultTrigger when)
    {
        if (!truth.IsHeld(when.Object)) return false;
        var (at, rest) = (world.ObjectPose(when.Object).Position, truth.RestingPlace(when.Object));
        return at.Z - rest.Z >= when.LiftedMetres && (at - rest).LengthXY >= when.MovedMetres;
    }
}
