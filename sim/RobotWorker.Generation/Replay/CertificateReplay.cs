using System.Collections.Immutable;
using RobotWorker.MuJoCo;

namespace RobotWorker.Generation.Replay;

/// <summary>Steps an episode again from its certificate, compares every step, and finds the first quantity that differs.</summary>
internal static class CertificateReplay
{
    /// <summary>Steps it on the calling thread.</summary>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    public static ReplayVerdict Run(Certificate certificate, CancellationToken stop)
    {
        if (Machine.WhyNotComparable(certificate.Head.Machine, Machine.Here) is { } why) return new(ReplayOutcome.NotComparable, 0, 0, Why: why);
        SteppedAgain again;
        try
        {
            again = new(certificate);
        }
        catch (MuJoCoException e) when (e is not MuJoCoUnavailableException)
        {
            return Differs(certificate, 0, new(0, 0, "the model", null, null, e.Message));
        }
        using (again) return Run(certificate, again, stop);
    }

    private static ReplayVerdict Run(Certificate certificate, SteppedAgain again, CancellationToken stop)
    {
        var head = certificate.Head;
        if (OfModel(certificate, again) is { } other) return Differs(certificate, 0, other);
        for (; ; again.Advance())
        {
            stop.ThrowIfCancellationRequested();
            var step = again.Step;
            again.Prepare();
            if (StepNumbers.HashOf(again.Driven) != certificate.Hashes[step]) return Differs(certificate, step, Locate(certificate, again));
            if (Certificate.IsCheckpoint(step, head) && AtCheckpoint(certificate, again, step, "the recorded ", "what is recorded of this moment is not what its own hash was taken of") is { } kept) return Differs(certificate, step, kept);
            if (step == head.Steps) break;
        }
        return Altered(certificate).Select(check => Differs(certificate, head.Steps, new(
                check.Block * head.Every, check.Block * head.Every * head.StepSeconds, $"the recorded sum over the inputs {again.Numbers.NameOf(check.Slot)}", null, null, "all steps came to the same")))
            .FirstOrDefault(new ReplayVerdict(ReplayOutcome.Certified, head.Steps, head.Steps * head.StepSeconds));
    }

    private static ReplayVerdict Differs(Certificate certificate, int same, ReplayDifference first) => new(ReplayOutcome.Differs, same, same * certificate.Head.StepSeconds, first);

    /// <summary>What of the compiled model is not as it was.</summary>
    private static ReplayDifference? OfModel(Certificate certificate, SteppedAgain again)
    {
        var (numbers, head) = (again.Numbers, certificate.Head);
        if (numbers.Count != head.Numbers || numbers.Driven != head.Driven) return new(0, 0, "the model", null, null, $"it has {numbers.Count} numbers in a step, and the recorded one {head.Numbers}");
        var compiled = again.Row[numbers.Driven..];
        var slot = certificate.Model.AsSpan().CommonPrefixLength(compiled);
        if (slot < compiled.Length)
        {
            var others = Enumerable.Range(slot + 1, compiled.Length - slot - 1).Count(i => certificate.Model[i] != again.Row[numbers.Driven + i]);
            return new(
                0, 0, $"the model's {numbers.NameOf(numbers.Driven + slot)}", numbers.ValueOf(numbers.Driven + slot, certificate.Model[slot]), numbers.ValueOf(numbers.Driven + slot, compiled[slot]), AndOthers(others));
        }
        return again.ModelSum == head.ModelSum ? null : new(0, 0, "the model", null, null, "it compiles to another one, with the same masses, shapes and drives");
    }

    /// <summary>The hash of what the next step is made from is another: finds why.</summary>
    private static ReplayDifference Locate(Certificate certificate, SteppedAgain again)
    {
        var (head, step) = (certificate.Head, again.Step);
        var seconds = step * head.StepSeconds;
        if (AlteredBy(step, certificate, again) is { } altered) return altered;
        // What was written is as it was: the step before came to something else. What, is seen at the next checkpoint.
        while (!Certificate.IsCheckpoint(again.Step, head))
        {
            again.Advance();
            again.Prepare();
        }
        var late = again.Step > step ? FormattableString.Invariant($"; the values are those of {again.Step * head.StepSeconds:0.###} s, where the state is kept") : "";
        return AtCheckpoint(certificate, again, step, "", $"stepping came to another state{late}") ?? new(step, seconds, "the recorded hash of this step", null, null, "the states kept before and after it come to the same");
    }

    /// <summary>What was altered of what was written until a step, where that explains it.</summary>
    private static ReplayDifference? AlteredBy(int step, Certificate certificate, SteppedAgain again)
    {
        var (head, numbers) = (certificate.Head, again.Numbers);
        // A number of the model is in no step's hash: its change shows in what the step comes to.
        var altered = Altered(certificate).Where(c => c.Block == step / head.Every || (c.Block <= step / head.Every && c.Slot >= numbers.Driven)).Select(c => c.Slot).ToHashSet();
        if (altered.Count == 0) return null;
        var found = certificate.Writes.LastOrDefault(w => altered.Contains(w.Slot) && (w.Step == step || (w.Step < step && w.Slot >= numbers.Driven)), new StepWrite(step, altered.Min(), again.Row[altered.Min()], false));
        var what = found.Slot < numbers.States ? found.Step == 0 ? "the initial state: " : "the recorded write to the state: " : found.Slot < numbers.Driven ? "the input " : "the recorded change of the model's ";
        return new(found.Step, found.Step * head.StepSeconds, what + numbers.NameOf(found.Slot), numbers.ValueOf(found.Slot, found.Bits), null, "it was altered after it was recorded");
    }

    /// <summary>What differs most of what is kept before this step.</summary>
    private static ReplayDifference? AtCheckpoint(Certificate certificate, SteppedAgain again, int step, string prefix, string note)
    {
        var head = certificate.Head;
        var kept = certificate.Checkpoints[Certificate.CheckpointFrom(again.Step, head)];
        ImmutableArray<int> differing = [.. Enumerable.Range(0, kept.Length).Where(i => kept[i] != again.Row[i])];
        if (differing.IsEmpty) return null;
        // An input is a cause, a velocity where its effect is seen first.
        var worst = differing.OrderBy(again.Numbers.RankOf).ThenByDescending(slot => Apart(again.Numbers.ValueOf(slot, kept[slot]), again.Numbers.ValueOf(slot, again.Row[slot]))).First();
        return new(
            step, step * head.StepSeconds, prefix + again.Numbers.NameOf(worst), again.Numbers.ValueOf(worst, kept[worst]), again.Numbers.ValueOf(worst, again.Row[worst]), AndOthers(differing.Length - 1, note));
    }

    // Of a value that is no number nothing is known: it is as far away as can be.
    private static double Apart(double one, double other) => Math.Abs(one - other) is var apart && double.IsNaN(apart) ? double.PositiveInfinity : apart;

    private static string AndOthers(int others, string note = "") =>
        others == 0 ? note : $"{note}{(note.Length > 0 ? "; " : "")}{others} other {(others == 1 ? "number differs" : "numbers differ")} too";

    /// <summary>What was written otherwise than the sums say, in order.</summary>
    private static IEnumerable<WriteCheck> Altered(Certificate certificate)
    {
        var now = Certificate.ChecksOf(certificate.Writes, certificate.Head.Every);
        return now.Except(certificate.Checks).Concat(certificate.Checks.Except(now)).OrderBy(c => c.Block).ThenBy(c => c.Slot);
    }
}
