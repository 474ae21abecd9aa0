using System.Runtime.InteropServices;

namespace RobotWorker.Generation.Replay;

/// <summary>The states that a data set's frames show, for pictures that are made later.</summary>
internal static class CertifiedStates
{
    /// <summary>Steps the episode again, and yields the state of each frame in order, as <see cref="MuJoCo.MjData.LoadState"/> takes it on the certificate's model. Every step until there has come to the same.</summary>
    /// <exception cref="InvalidDataException">This machine cannot tell, or a step came to something else: what <see cref="CertificateReplay"/> finds out.</exception>
    public static IEnumerable<double[]> Of(Certificate certificate)
    {
        if (Machine.WhyNotComparable(certificate.Head.Machine, Machine.Here) is { } why) throw new InvalidDataException($"the episode cannot be stepped again here: {why}");
        using var again = new SteppedAgain(certificate);
        var frames = certificate.Head.Frames;
        for (var left = frames.Count; left > 0; again.Advance())
        {
            again.Prepare();
            if (StepNumbers.HashOf(again.Driven) != certificate.Hashes[again.Step]) throw new InvalidDataException($"step {again.Step} came to something else than was recorded");
            if (again.Step < frames.First || (again.Step - frames.First) % frames.Every != 0) continue;
            left--;
            yield return MemoryMarshal.Cast<ulong, double>(again.Row[..again.Numbers.States]).ToArray();
        }
    }
}
