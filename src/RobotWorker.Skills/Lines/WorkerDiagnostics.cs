using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using RobotWorker.Time;

namespace RobotWorker.Skills.Lines;

/// <summary>
/// How the worker fares, for ROS tools: once a second a status <c>robotworker: worker</c> on the profile's topic of diagnostics. Its level is that of the worst active fault.
/// It is published like anything else, recorded like anything else, and not taken for the robot's own word.
/// </summary>
public sealed class WorkerDiagnostics : IEpisodeObserver, IDisposable
{
    /// <summary>The component under which the worker speaks of itself.</summary>
    public const string Component = "robotworker";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IPublisher<DiagnosticArray> diagnostics;
    private readonly Func<RobotTime> now;
    private readonly string robot;
    private readonly ITimer timer;
    private PlanState? state;

    /// <param name="now">The robot's clock.</param>
    public WorkerDiagnostics(IRosConnection ros, RobotProfile profile, Func<RobotTime> now)
    {
        (this.now, robot) = (now, profile.Name);
        diagnostics = ros.Advertise<DiagnosticArray>(profile.Names.Diagnostics);
        timer = ros.Time.CreateTimer(_ => Publish(), null, Period, Period);
    }

    public void OnTransition(Event happened, PlanState after)
    {
        state = after;
        // Nobody is there in a second to tell how it ended.
        if (after.Ended is not null) Publish();
    }

    public void Dispose()
    {
        timer.Dispose();
        diagnostics.Dispose();
    }

    private void Publish()
    {
        if (state is not null) diagnostics.Publish(new() { Header = new() { Stamp = now().ToRos() }, Status = [Of(state, robot)] });
    }

    /// <summary>The status of a state.</summary>
    internal static DiagnosticStatus Of(PlanState state, string robot)
    {
        var running = state.Flights.Keys.Select(number => state.Nodes[number].Path);
        return new()
        {
            Name = $"{Component}: worker", HardwareId = robot, Level = LevelOf(state), Message = MessageOf(state),
            Values =
            [
                new() { Key = "mode", Value = state.Mode.Word() },
                new() { Key = "plan", Value = state.Plan.Id },
                new() { Key = "revision", Value = $"{state.Plan.Revision}" },
                new() { Key = "episode", Value = state.Episode },
                new() { Key = "step", Value = string.Join(", ", running) },
                new() { Key = "faults", Value = string.Join(", ", state.Faults.Values.Select(f => f.Code)) },
                new() { Key = "recoveries", Value = $"{state.Recoveries.Count}" },
            ],
        };
    }

    private static byte LevelOf(PlanState state) => state.Faults.Values.Select(f => f.Level).DefaultIfEmpty(FaultLevel.Warning).Max() switch
    {
        FaultLevel.Critical or FaultLevel.Fatal => DiagnosticStatus.ERROR,
        FaultLevel.Warning or FaultLevel.Urgent => state.Faults.IsEmpty ? DiagnosticStatus.OK : DiagnosticStatus.WARN,
    };

    private static string MessageOf(PlanState state) => state switch
    {
        { Ended: { } ending } => $"ended: {ending.Outcome}, {ending.Reason}",
        { Halt.Phase: var phase } => $"stopped: {phase}",
        { LinkDown: true } => "the link is lost",
        _ => "working",
    };
}
