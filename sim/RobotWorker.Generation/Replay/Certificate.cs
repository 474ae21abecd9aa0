using System.Collections.Immutable;
using System.Numerics;

namespace RobotWorker.Generation.Replay;

/// <summary>
/// All that is needed to step an episode's physics again, without worker, skills or controllers, and to say whether it is the same. Rows are those of <see cref="StepNumbers"/>.
/// </summary>
/// <param name="Mjcf">The model, as text.</param>
/// <param name="Model">The model's numbers, as they were compiled.</param>
/// <param name="Writes">What was written between steps, in order of step and slot. The first step's begin with the initial state: they start from the model's reference pose.</param>
/// <param name="Hashes">Of state and inputs just before each step, and once more after the last.</param>
/// <param name="Checkpoints">State and inputs themselves, before every so many steps, and after the last.</param>
/// <param name="Checks">A sum over what was written to each slot between two checkpoints: it tells which was altered later.</param>
internal sealed record Certificate(
    CertificateHead Head, string Mjcf, ImmutableArray<ulong> Model, ImmutableArray<StepWrite> Writes, ImmutableArray<ulong> Hashes, ImmutableArray<ImmutableArray<ulong>> Checkpoints,
    ImmutableArray<WriteCheck> Checks)
{
    /// <summary>Whether state and inputs are kept before this step (after the last one: of the number of steps).</summary>
    public static bool IsCheckpoint(int step, CertificateHead head) => step % head.Every == 0 || step == head.Steps;

    /// <summary>Which checkpoint stands before a step, or the next one after it.</summary>
    public static int CheckpointFrom(int step, CertificateHead head) => Math.Min((step + head.Every - 1) / head.Every, CheckpointsOf(head) - 1);

    public static int CheckpointsOf(CertificateHead head) => ((head.Steps + head.Every - 1) / head.Every) + 1;

    /// <summary>The sums over what was written.</summary>
    public static ImmutableArray<WriteCheck> ChecksOf(IEnumerable<StepWrite> writes, int every)
    {
        var sums = new Dictionary<(int Block, int Slot), ulong>();
        foreach (var write in writes)
        {
            var key = (write.Step / every, write.Slot);
            sums[key] = With(With(sums.GetValueOrDefault(key), ((ulong)write.Step << 1) | (write.Follows ? 1UL : 0)), write.Bits);
        }
        return [.. sums.OrderBy(s => s.Key).Select(s => new WriteCheck(s.Key.Block, s.Key.Slot, (uint)(s.Value >> 32)))];
    }

    // Multiplied by an odd number and turned: one changed bit changes half of the upper ones.
    private static ulong With(ulong sum, ulong number) => BitOperations.RotateLeft((sum ^ number) * 0x9E37_79B9_7F4A_7C15, 31) * 0xD6E8_FEB8_6659_FD93;
}

/// <param name="Steps">Physics steps.</param>
/// <param name="StepSeconds">Length of one.</param>
/// <param name="Every">Steps from one checkpoint to the next.</param>
/// <param name="Driven">Numbers of state and inputs.</param>
/// <param name="Numbers">These with the model's.</param>
/// <param name="ModelSum">SHA-256 of the compiled model, all of it.</param>
internal sealed record CertificateHead(int Steps, double StepSeconds, int Every, int Driven, int Numbers, string ModelSum, FrameSteps Frames, Machine Machine);

/// <summary>Which of the steps the data set's frames show: frame k the state before step First + k * Every.</summary>
internal sealed record FrameSteps(int First, int Every, int Count);

/// <summary>A number that was written before a step.</summary>
/// <param name="Follows">An applied force that from now on is what holds the robot still by the step before, until another value is written.</param>
internal readonly record struct StepWrite(int Step, int Slot, ulong Bits, bool Follows);

/// <param name="Block">Of steps between two checkpoints, from 0.</param>
internal readonly record struct WriteCheck(int Block, int Slot, uint Sum);
