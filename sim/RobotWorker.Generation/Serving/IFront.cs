using RobotWorker.Ros.Graph;

namespace RobotWorker.Generation.Serving;

/// <summary>A way by which others reach the served robot: a rosbridge server, a place on a ROS 1 graph. It lives on the loop and ends with the serving.</summary>
public interface IFront : IAsyncDisposable
{
    /// <summary>Where it is, for the one who started it: <c>rosbridge (ROS 2) at ws://127.0.0.1:9090</c>.</summary>
    string Where { get; }

    /// <summary>How long the workers that come this way have been silent, on the machine's clock; null while there was none.</summary>
    TimeSpan? SilentFor { get; }
}

/// <summary>Opens a front before the robot is there.</summary>
/// <param name="loop">The loop of the graph.</param>
/// <param name="graph">The graph that the robot is on.</param>
/// <param name="tell">Takes a line for the one who started it: who came, who went, who was turned away.</param>
/// <exception cref="FrontException">It cannot be opened.</exception>
public delegate Task<IFront> OpenFront(RosLoop loop, InProcessGraph graph, Action<string> tell);

/// <summary>A front cannot be opened; the message says why and what can be done.</summary>
public sealed class FrontException(string message, Exception inner) : Exception(message, inner);
