using System.Runtime.InteropServices;
using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Generation.Generate;

/// <summary>What the episodes of a pair have in common, to the last bit: all frames that end by the fault's onset, but for the labels of an episode's last frame.</summary>
public static class TwinFrames
{
    // Of a frame: onsets are multiples of a physics step, and a quotient may fall short of the whole number that it is.
    private const double Rounding = 1e-6;

    /// <summary>How many frames end by then. Of the next one, too, what was observed is the same: its action is not.</summary>
    public static int Before(double onsetSeconds, int framesPerSecond) => Math.Max(0, (int)Math.Floor((onsetSeconds * framesPerSecond) + Rounding));

    /// <summary>Why an episode is no twin of the one that was drawn; null: it is one.</summary>
    public static string? WhyNot(DatasetLayout layout, DatasetEpisode drawn, DatasetEpisode twin)
    {
        var pair = twin.Provenance.Pair!;
        if (pair.Role == PairRole.NoRecovery && twin.Provenance.FaultOnset != pair.OnsetSeconds) return $"the fault struck at {pair.OnsetSeconds} s, and then at {twin.Provenance.FaultOnset} s";
        var frames = Before(pair.OnsetSeconds, layout.FramesPerSecond);
        if (drawn.Length < frames || twin.Length < frames) return $"{frames} frames must be the same, and there are {drawn.Length} and {twin.Length}";
        foreach (var feature in layout.Features.Where(f => !FrameColumns.OfTheEnd.Contains(f.Key)))
            if (!Bytes(drawn, feature, frames).SequenceEqual(Bytes(twin, feature, frames))) return $"{feature.Key} differs within the {frames} frames before the fault's onset";
        return Subtasks(drawn, frames).SequenceEqual(Subtasks(twin, frames)) ? null : $"its subtasks differ within the {frames} frames before the fault's onset";
    }

    // NaN is itself here, and 0 is not -0.
    private static ReadOnlySpan<byte> Bytes(DatasetEpisode episode, DatasetFeature feature, int frames) => MemoryMarshal.AsBytes(episode.Columns[feature.Key].AsSpan(0, frames * feature.Width));

    private static IEnumerable<string> Subtasks(DatasetEpisode episode, int frames) =>
        episode.Columns.TryGetValue(DatasetLayout.Subtask, out var places) ? places.Take(frames).Select(p => episode.Subtasks[(int)p]) : [];
}
