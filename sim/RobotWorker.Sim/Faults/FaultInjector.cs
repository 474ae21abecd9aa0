using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Truth;

namespace RobotWorker.Sim.Faults;

/// <summary>A fault with what has become of it. Simulated seconds.</summary>
/// <param name="Number">By which it is called, from 1.</param>
/// <param name="DueSeconds">It strikes no earlier.</param>
/// <param name="StartSeconds">When it struck; null while it waits.</param>
/// <param name="EndSeconds">When it was over.</param>
public sealed record InjectedFault(int Number, FaultDescription Fault, double DueSeconds, double? StartSeconds = null, double? EndSeconds = null)
{
    /// <summary>Whether it is there now.</summary>
    public bool IsActive => StartSeconds is not null && EndSeconds is null;
}

/// <summary>
/// Brings faults about when the truth meets their triggers: those of the scenario, and those that somebody injects meanwhile. Call <see cref="Step"/> after every
/// <see cref="TruthLog.Step"/>.
/// </summary>
public sealed class FaultInjector
{
    private readonly SimWorld world;
    private readonly TruthLog truth;
    private readonly GoalTruth conditions;
    private readonly FaultyWire? wire;
    private readonly RandomStream chance;
    private readonly List<InjectedFault> faults = [];
    private ImmutableArray<WireFault> onWire = [];
    private bool changed;

    /// <param name="seed">Of moments that are left to chance.</param>
    /// <param name="wire">What faults of the wire act on; null: there is no wire.</param>
    /// <exception cref="ArgumentException">A fault waits for an object that is not in the scene, or needs a wire.</exception>
    public FaultInjector(SimWorld world, TruthLog truth, ImmutableArray<FaultDescription> faults, ulong seed = 0, FaultyWire? wire = null)
    {
        (this.world, this.truth, this.wire) = (world, truth, wire);
        conditions = new(world, truth);
        chance = RandomStream.For(seed, "faults", "moment");
        foreach (var fault in faults) Inject(fault);
    }

    /// <summary>Raised by <see cref="Step"/> and <see cref="Clear"/> when a fault strikes or is over.</summary>
    public event Action<InjectedFault>? Changed;

    /// <summary>All of them, in the order in which they were given.</summary>
    public IReadOnlyList<InjectedFault> Faults => faults;

    /// <summary>Takes one more.</summary>
    /// <exception cref="ArgumentException">It waits for an object that is not in the scene, or needs a wire or a joint that is not there.</exception>
    public InjectedFault Inject(FaultDescription fault)
    {
        if (fault is HardwareFault { } own && own.FarthestJoint > world.Arm.JointCount)
            throw new ArgumentException($"the arm of '{world.Robot.Name}' has {world.Arm.JointCount} joints; {own.Kind} was given for {own.Details}", nameof(fault));
        if (fault.When.Object is { } name) world.ObjectPose(name);
        if (fault is ObjectTaken { Taken: var taken }) world.ObjectPose(taken);
        if (fault is FaultOnWire && wire is null) throw new ArgumentException($"'{fault.Kind}' is a fault of the wire, and there is none", nameof(fault));
        var (from, to) = (fault.When.After.TotalSeconds, fault.When.Before?.TotalSeconds);
        var injected = new InjectedFault(faults.Count + 1, fault, world.TimeSeconds + (to is { } latest ? chance.Uniform(from, latest) : from));
        faults.Add(injected);
        return injected;
    }

    /// <summary>Ends what is there, and takes back what waits.</summary>
    /// <param name="number">Of one fault; null: all.</param>
    /// <returns>What was ended or taken back.</returns>
    public ImmutableArray<InjectedFault> Clear(int? number = null)
    {
        ImmutableArray<InjectedFault> cleared = [.. faults.Where(f => f.EndSeconds is null && (number is null || f.Number == number))];
        foreach (var fault in cleared) Put(fault with { EndSeconds = world.TimeSeconds });
        Act();
        return cleared;
    }

    public void Step()
    {
        var now = world.TimeSeconds;
        for (var i = 0; i < faults.Count; i++)
        {
            var fault = faults[i];
            if (fault.EndSeconds is not null) continue;
            if (fault.StartSeconds is null && now >= fault.DueSeconds && Holds(fault.Fault.When)) Strike(fault, now);
            else if (fault.StartSeconds is { } start && fault.Fault.Duration is { } duration && now >= start + duration.TotalSeconds) Put(fault with { EndSeconds = now });
        }

        Act();
    }

    private void Strike(InjectedFault fault, double now)
    {
        if (fault.Fault is ObjectTaken { Taken: var name })
        {
            world.TakeAway(name);
            // It is done and over: nobody brings it back.
            Put(fault with { StartSeconds = now, EndSeconds = now });
        }
        else Put(fault with { StartSeconds = now });
    }

    private void Put(InjectedFault fault)
    {
        faults[fault.Number - 1] = fault;
        changed = true;
        Changed?.Invoke(fault);
    }

    /// <summary>Makes the robot and the wire as broken as the active faults say.</summary>
    private void Act()
    {
        if (!changed) return;
        changed = false;
        var active = faults.Where(fault => fault.IsActive).Select(fault => fault.Fault).ToList();
        world.Impairment = active.OfType<HardwareFault>().Aggregate(Impairment.None, (now, fault) => fault.On(now));
        ImmutableArray<WireFault> wires = [.. active.OfType<FaultOnWire>().Select(fault => fault.Fault)];
        if (wires.AsSpan().SequenceEqual(onWire.AsSpan(), ReferenceEqualityComparer.Instance)) return;
        onWire = wires;
        wire!.Set(wires);
    }

    private bool Holds(FaultTrigger when)
    {
        if (when.Moving is { } part && !world.Moves(part)) return false;
        if (when.Holds is { } condition && conditions.Holds(condition) != true) return false;
        if (when.Object is not { } name) return true;
        if (!truth.IsHeld(name)) return false;
        var (at, rest) = (world.ObjectPose(name).Position, truth.RestingPlace(name));
        return at.Z - rest.Z >= when.LiftedMetres && (at - rest).LengthXY >= when.MovedMetres;
    }
}
