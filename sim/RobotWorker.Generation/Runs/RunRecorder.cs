using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Recording;

namespace RobotWorker.Generation.Runs;

/// <summary>Hears all that happens in a run.</summary>
internal interface IRunRecorder : IEpisodeObserver
{
    void Noted(FaultNote note);

    void Frozen(FreezeFrame frame);

    /// <summary>A signal that no topic has.</summary>
    void Noticed(Sample sample)
    {
    }
}

/// <summary>Records every event of the executor, what became of the steps by it, and what the fault monitor noticed.</summary>
internal sealed class EventRecorder(EpisodeRecorder recorder, TimedTap tap) : IRunRecorder
{
    private readonly Dictionary<string, StepReport> steps = new(StringComparer.Ordinal);
    private Vector<NodeState>? nodes;

    public void OnTransition(Event happened, PlanState after) => tap.Measure(() =>
    {
        recorder.Happened(happened);
        // Most events are facts, which leave all nodes as they are.
        if (nodes == after.Nodes) return;
        nodes = after.Nodes;
        foreach (var step in after.Steps) Tell(Reporting.Of(step));
    });

    public void Noted(FaultNote note) => tap.Measure(() => recorder.Noted(note));

    public void Frozen(FreezeFrame frame) => tap.Measure(() => recorder.Attach(frame));

    public void Noticed(Sample sample) => tap.Measure(() => recorder.Noticed(sample));

    private void Tell(StepReport step)
    {
        if (steps.TryGetValue(step.Id, out var before) && before == step) return;
        steps[step.Id] = step;
        recorder.Stepped(step);
    }
}
