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

/// <summary>Records every event of the executor, and what the fault monitor noticed.</summary>
internal sealed class EventRecorder(EpisodeRecorder recorder, TimedTap tap) : IRunRecorder
{
    public void OnTransition(Event happened, PlanState after) => tap.Measure(() => recorder.Happened(happened));

    public void Noted(FaultNote note) => tap.Measure(() => recorder.Noted(note));

    public void Frozen(FreezeFrame frame) => tap.Measure(() => recorder.Attach(frame));

    public void Noticed(Sample sample) => tap.Measure(() => recorder.Noticed(sample));
}
