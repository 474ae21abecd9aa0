using System.Globalization;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;

namespace RobotWorker.Cli.Views;

/// <summary>How far one side of a comparison has come.</summary>
internal sealed class ParityProgressView(string side, TextWriter output, TimeProvider time) : IEpisodeObserver, IDisposable
{
    private readonly ProgressLine line = new(output, time, TimeSpan.FromSeconds(10));

    public void OnTransition(Event happened, PlanState after)
    {
        if (happened is not Event.FactObserved) line.Show(() => string.Create(CultureInfo.InvariantCulture, $"{side}: {after.Now.Seconds:0.0} s, {StepOf(after)}"));
    }

    public void Dispose() => line.Dispose();

    private static string StepOf(PlanState state) => state.Steps.LastOrDefault() is { } step ? $"{Words.Short(step.Path)} {Words.Of(step.Status)}" : state.Plan.Id;
}
