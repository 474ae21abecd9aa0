using RobotWorker.Execution.Core;

namespace RobotWorker.Execution.Shell;

/// <summary>Sees every transition of an episode, in order: for live views and recordings. On the episode's loop; it decides nothing.</summary>
public interface IEpisodeObserver
{
    void OnTransition(Event happened, PlanState after);
}
