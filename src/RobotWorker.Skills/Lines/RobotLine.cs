using System.Security.Cryptography.X509Certificates;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Rosbridge;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Lines;

/// <summary>The way to a robot behind a wire: opens connections to its address, as many as one likes, each a node of its own.</summary>
/// <param name="address">Where the robot is.</param>
public sealed class RobotLine(RobotAddress address)
{
    private string? latest;

    /// <summary>Null: found by asking.</summary>
    public RosDialect? Dialect { get; init; }

    /// <summary>What the server asks for, or null.</summary>
    public string? Token { get; init; }

    /// <summary>Whose certificates are believed over <c>wss://</c>; null: whom this machine trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Hears of what the wire finds wrong without anybody failing: a type that differs, a server that drops silently. On the loop.</summary>
    public Action<string>? Problem { get; init; }

    public RobotAddress Address => address;

    /// <summary>That the robot was not reached, with what the wire said last.</summary>
    public string WhyNotReached(TimeSpan deadline) => $"{address} was not reached within {deadline.TotalSeconds} s{(latest is null ? "" : $" ({latest})")}";

    /// <summary>The same way for another loop, whose dialect is known; what it finds wrong, nobody hears.</summary>
    public RobotLine For(RosDialect dialect) => new(address) { Dialect = dialect, Token = Token, Authorities = Authorities };

    /// <summary>Begins to connect and returns at once.</summary>
    /// <param name="loop">Where the connection lives; called on it.</param>
    /// <param name="node">The node's name; on a ROS 1 graph there is one of each name only.</param>
    public IRosConnection Open(RosLoop loop, string node) => address.Wire switch
    {
        RobotWire.Rosbridge => OpenRosbridge(loop, node),
        RobotWire.Ros1 => OpenRos1(loop, node),
    };

    /// <summary>Waits until a connection reaches its graph.</summary>
    /// <returns>The dialect there; null when the deadline passed first.</returns>
    public static async Task<RosDialect?> ReachAsync(IRosConnection ros, TimeSpan deadline, CancellationToken cancel)
    {
        var up = new TaskCompletionSource();
        void Changed(LinkState state)
        {
            if (state == LinkState.Up) up.TrySetResult();
        }

        ros.LinkChanged += Changed;
        try
        {
            if (ros.Link != LinkState.Up) await up.Task.WaitAsync(deadline, ros.Time, cancel);
            return DialectOf(ros);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            ros.LinkChanged -= Changed;
        }
    }

    /// <summary>Ends a connection so that nothing of it is left: a ROS 1 master has taken back what it knew of it before this is done, within a deadline.</summary>
    public static async ValueTask LeaveAsync(IRosConnection ros)
    {
        if (ros is IAsyncDisposable node) await node.DisposeAsync();
        else ros.Dispose();
    }

    /// <summary>The dialect of a connection that is up.</summary>
    public static RosDialect DialectOf(IRosConnection ros) => ros switch
    {
        Ros1Node => RosDialect.Ros1,
        RosbridgeConnection bridge => bridge.Dialect ?? RosDialect.Ros2,
        _ => RosDialect.Ros2,
    };

    private Ros1Node OpenRos1(RosLoop loop, string node)
    {
        var connection = Ros1Node.Connect(loop, node, new(address.Master));
        connection.ProblemFound += problem => Tell($"{problem.Name}: {problem.Text}");
        return connection;
    }

    private RosbridgeConnection OpenRosbridge(RosLoop loop, string node)
    {
        // Telemetry comes many times a second: two seconds without any byte are no hiccup. A robot that comes back is wanted back soon.
        var connection = RosbridgeConnection.Connect(
            address.Uri, node, loop,
            new() { Dialect = Dialect, Token = Token, Authorities = Authorities, SilenceDeadline = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromSeconds(2) });
        connection.ProblemFound += problem => Tell(problem.ToString());
        return connection;
    }

    private void Tell(string problem)
    {
        latest = problem;
        Problem?.Invoke(problem);
    }
}
