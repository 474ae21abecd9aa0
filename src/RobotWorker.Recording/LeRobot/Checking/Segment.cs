using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The rows of one episode, by global position.</summary>
/// <param name="To">Exclusive.</param>
internal readonly record struct Segment(long From, long To)
{
    public long Length => To - From;

    /// <summary>The episodes as the data's own episode_index has them.</summary>
    /// <returns>Null where it does not count 0, 0, ... 1, 1, ... and so on.</returns>
    public static ImmutableArray<Segment>? Of(double[] episodes)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var from = 0;
        for (var row = 0; row <= episodes.Length; row++)
        {
            if (row < episodes.Length && episodes[row] == segments.Count) continue;
            // An episode ends here: it has rows, and the next one's number follows.
            if (row == from || (row < episodes.Length && episodes[row] != segments.Count + 1)) return episodes.Length == 0 ? [] : null;
            segments.Add(new(from, row));
            from = row;
        }
        return segments.ToImmutable();
    }

    /// <summary>The rows of a table of episodes, where they lie end to end over all of the data.</summary>
    public static ImmutableArray<Segment>? Of(IEnumerable<Segment> said, long rows)
    {
        var segments = said.ToImmutableArray();
        var next = 0L;
        foreach (var segment in segments)
        {
            if (segment.From != next || segment.To <= segment.From) return null;
            next = segment.To;
        }
        return next == rows ? segments : null;
    }
}
