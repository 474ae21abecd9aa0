using System.Collections.Immutable;
using System.Security.Cryptography;
using RobotWorker.MuJoCo;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Generation.Replay;

/// <summary>
/// Listens to a world's steps, and keeps what each was made from as far as MuJoCo did not make it itself: whoever writes to state, inputs or model between two steps (drives, faults, a person who takes something away)
/// is found by comparing, and need not say so.
/// </summary>
internal sealed class CertificateRecorder : IDisposable
{
    /// <summary>A tenth of a simulated second from one checkpoint to the next.</summary>
    public const int StepsBetweenCheckpoints = 50;

    private readonly SimWorld world;
    private readonly MjModel model;
    private readonly MjData data;
    private readonly StepNumbers live, fresh;
    private readonly ImmutableArray<ulong> compiled;
    private readonly string sum;
    private readonly ulong[] row, now, bias;
    private readonly bool[] follows;
    private readonly List<StepWrite> writes = [];
    private readonly List<ulong> hashes = [];
    private readonly List<ImmutableArray<ulong>> checkpoints = [];

    /// <param name="world">Before its first step. What was done to it until now is part of its initial state.</param>
    public CertificateRecorder(SimWorld world)
    {
        this.world = world;
        // The replay knows the text alone: so does what is compared with.
        model = MjModel.FromXml(world.Mjcf);
        data = new(model);
        (live, fresh) = (new(world.Model, world.Data), new(model, data));
        sum = SumOf(model);
        (row, now, bias, follows) = (new ulong[live.Count], new ulong[live.Count], new ulong[live.Freedoms], new bool[live.Freedoms]);
        fresh.ReadDriven(row);
        fresh.ReadModel(row);
        compiled = [.. row.AsSpan(live.Driven)];
        world.Stepping += OnStepping;
        world.Stepped += OnStepped;
    }

    /// <summary>SHA-256 of all that is in a model.</summary>
    public static string SumOf(MjModel model) => Convert.ToHexStringLower(SHA256.HashData(model.Save()));

    /// <summary>The certificate of the steps until now.</summary>
    /// <exception cref="InvalidOperationException">Something was changed in the model that is in no slot, so that nobody could step it again: <see cref="StepNumbers"/> has to learn it.</exception>
    public Certificate Finish(FrameSteps frames)
    {
        for (var slot = live.Driven; slot < live.Count; slot++) fresh.Put(slot, row[slot]);
        if (!model.Save().AsSpan().SequenceEqual(world.Model.Save())) throw new InvalidOperationException("something was changed in the simulated model that no certificate of replay keeps");
        var head = new CertificateHead(hashes.Count, SimWorld.StepSeconds, StepsBetweenCheckpoints, live.Driven, live.Count, sum, frames, Machine.Here);
        var end = row.AsSpan(0, live.Driven);
        return new(
            head, world.Mjcf, compiled, [.. writes], [.. hashes, StepNumbers.HashOf(end)], [.. checkpoints, ImmutableArray.Create(end)], Certificate.ChecksOf(writes, StepsBetweenCheckpoints));
    }

    public void Dispose()
    {
        world.Stepping -= OnStepping;
        world.Stepped -= OnStepped;
        data.Dispose();
        model.Dispose();
    }

    private void OnStepping()
    {
        live.ReadDriven(now);
        Keep(0, live.Driven);
        if (!live.HasModelOf(row))
        {
            live.ReadModel(now);
            Keep(live.Driven, live.Count);
        }
        var driven = row.AsSpan(0, live.Driven);
        if (hashes.Count % StepsBetweenCheckpoints == 0) checkpoints.Add(ImmutableArray.Create(driven));
        hashes.Add(StepNumbers.HashOf(driven));
    }

    private void OnStepped()
    {
        live.ReadState(row);
        live.Bias.CopyTo(bias);    // it may be computed anew before the next step, from a state that somebody wrote
        for (var dof = 0; dof < follows.Length; dof++)
            if (follows[dof]) row[live.Applied + dof] = bias[dof];
    }

    /// <summary>Keeps what is not as the step before left it.</summary>
    private void Keep(int from, int to)
    {
        while ((from += row.AsSpan(from, to - from).CommonPrefixLength(now.AsSpan(from, to - from))) < to)
        {
            row[from] = now[from];
            writes.Add(Follows(from) ? new(hashes.Count, from, 0, Follows: true) : new(hashes.Count, from, now[from], Follows: false));
            from++;
        }
    }

    /// <summary>Whether an applied force is what holds the robot still, which a replay knows without being told.</summary>
    private bool Follows(int slot)
    {
        var dof = slot - live.Applied;
        return dof >= 0 && dof < follows.Length && (follows[dof] = now[slot] == bias[dof]);
    }
}
