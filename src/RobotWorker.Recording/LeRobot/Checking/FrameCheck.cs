using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The five columns by which readers find their way, against the position of each row.</summary>
/// <remarks>Each column is compared with the position and not with its neighbours, so that one wrong value is one finding.</remarks>
internal static class FrameCheck
{
    // LeRobot's own tolerance between asked and found times.
    public const double Seconds = 1e-4;

    public static ImmutableArray<string> Columns { get; } = ["timestamp", "frame_index", "episode_index", "index", "task_index", "subtask_index"];

    /// <param name="said">The segments of the table of episodes, where they are consistent: they tell which of the data's rows is wrong where the data contradicts itself.</param>
    /// <returns>The episodes' rows, or null where neither says them.</returns>
    public static ImmutableArray<Segment>? Episodes(DataFiles data, double[]? episodes, ImmutableArray<Segment>? said, Findings findings)
    {
        if (episodes is null) return said;
        if (Segment.Of(episodes) is { } segments) return segments;
        if (said is { } others)
        {
            var rightly = Positions(others).Select(p => p.Episode);
            Each(data, "episode_index", episodes, rightly.Select(e => (double)e), (value, right) => value != right, (value, right) => $"is {value}, must be {right} by meta/episodes", findings);
            return others;
        }
        Each(data, "episode_index", episodes, episodes.Prepend(0), (value, before) => value != before && value != before + 1,
            (value, before) => $"is {value}, must be {before} or {before + 1}: episodes are contiguous and count from 0", findings);
        return null;
    }

    public static void Check(DataFiles data, Info info, ImmutableArray<Segment>? segments, Func<string, double[]?> column, int? tasks, int? subtasks, Findings findings)
    {
        if (column("index") is { } index)
            Each(data, "index", index, Enumerable.Range(0, index.Length).Select(i => (double)i), (value, right) => value != right,
                (value, right) => $"is {value}, must be {right}: the position over all files", findings);
        if (segments is { } episodes)
        {
            if (column("frame_index") is { } frames)
                Each(data, "frame_index", frames, Positions(episodes).Select(p => (double)p.Frame), (value, right) => value != right,
                    (value, right) => $"is {value}, must be {right}: frames count from 0 in each episode", findings);
            if (column("timestamp") is { } times)
                Each(data, "timestamp", times, Positions(episodes).Select(p => p.Frame / (double)info.Fps), (value, right) => !(Math.Abs(value - right) <= Seconds),
                    (value, right) => $"is {value}, must be within {Seconds} s of {right}: frame_index / {info.Fps}", findings);
        }
        Within("task_index", tasks, DatasetFiles.Tasks);
        Within("subtask_index", subtasks, DatasetFiles.Subtasks);

        void Within(string name, int? count, string file)
        {
            if (count is { } rows && column(name) is { } numbers)
                Each(data, name, numbers, Enumerable.Repeat((double)rows, numbers.Length), (value, all) => value < 0 || value >= all,
                    (value, all) => $"is {value}, must be from 0 to {all - 1}: {file} has {all} rows", findings);
        }
    }

    private static IEnumerable<(int Episode, long Frame)> Positions(ImmutableArray<Segment> segments)
    {
        for (var episode = 0; episode < segments.Length; episode++)
            for (var frame = 0L; frame < segments[episode].Length; frame++)
                yield return (episode, frame);
    }

    // A finding for each file in which the column breaks the rule.
    private static void Each(DataFiles data, string column, double[] values, IEnumerable<double> rights,
        Func<double, double, bool> isWrong, Func<double, double, string> problem, Findings findings)
    {
        using var right = rights.GetEnumerator();
        foreach (var file in data.Files)
        {
            var wrong = new List<(long, string)>();
            for (var row = 0L; row < file.Rows && right.MoveNext(); row++)
                if (isWrong(values[file.FirstRow + row], right.Current)) wrong.Add((row, problem(values[file.FirstRow + row], right.Current)));
            findings.Rows(file.Name, column, wrong);
        }
    }
}
