using System.Collections.Immutable;
using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>Keeps the last seconds of every signal, and cuts a frame around each fault that is confirmed. On the episode's loop.</summary>
/// <param name="whole">Gets each frame, once it is whole or nothing more comes.</param>
public sealed class FreezeFrames(Action<FreezeFrame> whole)
{
    public static readonly TimeSpan Before = TimeSpan.FromSeconds(10), After = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, Queue<Sample>> history = new(StringComparer.Ordinal);
    private readonly List<FaultNote> open = [];

    public void Take(Sample sample)
    {
        if (!history.TryGetValue(sample.Signal, out var queue)) history[sample.Signal] = queue = new();
        queue.Enqueue(sample);
        // Longer than a frame by what a late frame may still need.
        while (queue.Peek().At < sample.At - (Before + After)) queue.Dequeue();
        while (open.Count > 0 && sample.At >= open[0].At + After) Close();
    }

    public void Take(FaultNote note)
    {
        if (note.Stage == FaultStage.Confirmed) open.Add(note);
    }

    /// <summary>Nothing more is heard: what is open is cut where it ends.</summary>
    public void End()
    {
        while (open.Count > 0) Close();
    }

    private void Close()
    {
        var note = open[0];
        open.RemoveAt(0);
        whole(new(note.Code, note.Component, note.At, [.. history.Select(h => Cut(h.Key, h.Value, note.At)).Where(t => t.Values.Length > 0)]));
    }

    private static SignalTrace Cut(string signal, Queue<Sample> samples, RobotTime at)
    {
        var inside = samples.Where(s => s.At >= at - Before && s.At <= at + After).ToList();
        return new(signal, [.. inside.Select(s => (s.At - at).TotalSeconds)], [.. inside.Select(s => s.Value)]);
    }
}
