using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Ros1;

namespace RobotWorker.Generation.Serving;

/// <summary>The robot as a node of a ROS 1 graph. It stays on the graph in process as well, where its truth is and other fronts reach it.</summary>
public sealed class Ros1Front : IFront
{
    private const string Node = "robot", SimulatedTime = "/use_sim_time";
    private static readonly TimeSpan MasterDeadline = TimeSpan.FromSeconds(5);

    private readonly Ros1Node outside;
    private readonly Ros1Gateway gateway;

    private Ros1Front(Ros1Node outside, InProcessGraph graph) => (this.outside, gateway) = (outside, new(graph, Node, outside));

    /// <inheritdoc/>
    public string Where => $"ROS 1 as node /{Node} of the master at {outside.Options.Master}";

    /// <summary>Not known: on a ROS 1 graph everybody may speak at any time. A worker that wants to be watched publishes its heartbeat.</summary>
    public TimeSpan? SilentFor => null;

    /// <summary>Opens it, and says on the master that time is simulated.</summary>
    public static OpenFront With(Ros1Options options) => async (loop, graph, tell) =>
    {
        var outside = Ros1Node.Connect(loop, Node, options);
        outside.ProblemFound += problem => tell($"ROS 1   {problem.Name}: {problem.Text}");
        try
        {
            await outside.UpAsync(MasterDeadline);
            await outside.Parameters.SetAsync(SimulatedTime, true);
            // A master that was restarted knows nothing any more.
            outside.LinkChanged += link =>
            {
                if (link == LinkState.Up) _ = SayAgainAsync(outside, tell);
            };
            return new Ros1Front(outside, graph);
        }
        catch (Ros1Exception refused)
        {
            await outside.DisposeAsync();
            throw new FrontException($"cannot join the ROS 1 graph of {options.Master}: {refused.Message}; start its master (roscore), or give another address", refused);
        }
    };

    private static async Task SayAgainAsync(Ros1Node outside, Action<string> tell)
    {
        try
        {
            await outside.Parameters.SetAsync(SimulatedTime, true);
        }
        catch (Ros1Exception refused)
        {
            tell($"ROS 1   {SimulatedTime}: {refused.Message}; nodes that start now take the wall's time for the robot's");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        gateway.Dispose();
        await outside.DisposeAsync();
    }
}
