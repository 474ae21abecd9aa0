using RobotWorker.Generation.Replay;
using RobotWorker.Generation.Video;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Physics;
using RobotWorker.Skills.Policies;
using RobotWorker.Time;

namespace RobotWorker.Generation.Generate;

/// <summary>
/// Takes a frame at each tick: what was observed before it, and, once the next tick comes, what the drives are told by then. So the action of frame k is the target that holds at its end, and
/// the last tick makes no frame.
/// </summary>
/// <param name="told">Of the robot's own word.</param>
/// <param name="films">Each gets the state of every frame.</param>
internal sealed class FrameRecorder(DatasetLayout layout, RobotTold told, EpisodeLabels labels, FaultInjector injector, IReadOnlyCollection<FilmStream> films)
{
    private readonly Ticks ticks = new(1.0 / layout.FramesPerSecond);
    private readonly Dictionary<string, List<double>> columns = layout.Features.ToDictionary(f => f.Key, _ => new List<double>(), StringComparer.Ordinal);
    private readonly List<string> subtasks = [];
    private bool faulted;
    private double before;
    private (double[] State, double[] Place, double Subtask, bool Faulted, bool Recovering, double[] World)? open;

    /// <summary>How many frames there are.</summary>
    public int Length { get; private set; }

    /// <summary>When the first frame was taken; null: there is none.</summary>
    public RobotTime? Began { get; private set; }

    /// <summary>The physics steps before which the frames were taken.</summary>
    public FrameSteps Steps
    {
        get
        {
            var first = (int)Math.Round((Began?.Seconds ?? 0) / SimWorld.StepSeconds);
            return new(first, (int)Math.Round(1 / (SimWorld.StepSeconds * layout.FramesPerSecond)), Length);
        }
    }

    public IReadOnlyList<string> Subtasks => subtasks;

    /// <summary>After each control period. A fault counts for a frame that is there at any time since the frame before.</summary>
    public void Step(RobotTime now, SimWorld world)
    {
        faulted |= injector.Faults.Any(f => f.IsActive || f.StartSeconds >= before);
        before = world.TimeSeconds;
        if (!ticks.IsDue(now)) return;
        Began ??= now;
        if (open is { } frame) Close(frame, FrameColumns.Targets(world));
        open = (told.State, told.Place, PlaceOf(labels.Subtask), faulted, labels.IsRecovering, world.SaveState());
        faulted = false;
    }

    /// <summary>The first frame in which the worker was recovering, in seconds after the first of all; null: it never was.</summary>
    public double? RecoveringFrom => columns[FrameColumns.Recovering].IndexOf(1) is >= 0 and var frame ? (double)frame / layout.FramesPerSecond : null;

    /// <summary>The first frame after which the worker was not recovering any more, in seconds after the first of all; null: it never was, or was to the end.</summary>
    public double? RecoveringUntil => columns[FrameColumns.Recovering].LastIndexOf(1) + 1 is > 0 and var frame && frame < Length ? (double)frame / layout.FramesPerSecond : null;

    /// <summary>The columns of all frames, once it is known how the episode ended.</summary>
    public Dictionary<string, double[]> Columns(bool succeeded)
    {
        for (var i = 0; i < Length; i++)
        {
            var last = i == Length - 1;
            columns[FrameColumns.Done].Add(last ? 1 : 0);
            columns[FrameColumns.Success].Add(last && succeeded ? 1 : 0);
            columns[FrameColumns.Reward].Add(last && succeeded ? 1 : 0);
        }
        return columns.ToDictionary(c => c.Key, c => c.Value.ToArray(), StringComparer.Ordinal);
    }

    private void Close((double[] State, double[] Place, double Subtask, bool Faulted, bool Recovering, double[] World) frame, double[] targets)
    {
        columns[FrameColumns.State].AddRange(frame.State);
        if (columns.TryGetValue(FrameColumns.Place, out var places)) places.AddRange(frame.Place);
        columns[FrameColumns.Action].AddRange(targets);
        columns[DatasetLayout.Subtask].Add(frame.Subtask);
        columns[FrameColumns.FaultActive].Add(frame.Faulted ? 1 : 0);
        columns[FrameColumns.Recovering].Add(frame.Recovering ? 1 : 0);
        foreach (var film in films) film.Add(frame.World);
        Length++;
    }

    private int PlaceOf(string subtask)
    {
        var place = subtasks.IndexOf(subtask);
        if (place >= 0) return place;
        subtasks.Add(subtask);
        return subtasks.Count - 1;
    }
}
