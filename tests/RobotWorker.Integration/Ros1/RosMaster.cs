using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros1;

/// <summary>A real ROS 1 master from Debian's packages, on a free port of its own, ended with the test.</summary>
internal sealed class RosMaster : IDisposable
{
    // Another python3 may come first on the PATH, without the packages of the system.
    public const string Python = "/usr/bin/python3";

    private const string Install =
        "apt-get install python3-rosmaster python3-rospy python3-actionlib python3-std-msgs python3-std-srvs python3-move-base-msgs python3-sensor-msgs python3-rosbag";

    private readonly string folder = Directory.CreateTempSubdirectory("robotworker ros ").FullName;
    private Process? process;

    private readonly string host;

    private RosMaster(string host, int port)
    {
        this.host = host;
        Port = port;
    }

    public int Port { get; }

    public Uri Uri => new($"http://{host}:{Port}/");

    /// <summary>What ROS 1 programs read to find this master, and where they may write.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["ROS_MASTER_URI"] = Uri.ToString(),
        ["ROS_HOSTNAME"] = host,
        ["ROS_LOG_DIR"] = folder,
        ["ROS_HOME"] = folder,
        ["PYTHONUNBUFFERED"] = "1",
        ["PYTHONPATH"] = null,
        ["PYTHONDONTWRITEBYTECODE"] = "1",
    };

    /// <summary>Starts a master, on loopback or on another address of this machine. Ends the test where the packages are missing.</summary>
    public static RosMaster Start(string host = "127.0.0.1")
    {
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/rosmaster") || !Directory.Exists("/usr/lib/python3/dist-packages/actionlib"))
            Peer.Missing($"no ROS 1 packages ({Install})");
        var master = new RosMaster(host, FreePort());
        master.Start(again: false);
        return master;
    }

    /// <summary>Ends the master at once and starts another one, which knows nothing, in its place.</summary>
    public void Restart()
    {
        Stop();
        Start(again: true);
    }

    /// <summary>Ends the master at once.</summary>
    public void Stop()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    public void Start(bool again)
    {
        var start = new ProcessStartInfo(Python, ["/usr/bin/rosmaster", "--core", "-p", $"{Port}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        process = Process.Start(start) ?? throw new InvalidOperationException("cannot start rosmaster");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var waited = Stopwatch.StartNew();
        while (!Answers())
        {
            if (process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(60)) Assert.Fail($"rosmaster did not come up{(again ? " again" : "")} on port {Port}");
            Thread.Sleep(50);
        }
    }

    /// <summary>Asks it by its own Python API, as <c>m</c>.</summary>
    public string Ask(string expression) =>
        Peer.Run(Python, ["-c", $"import rosgraph; m = rosgraph.Master('/asker'); print({expression})"], environment: Environment).Require().Trim();

    public void Dispose()
    {
        Stop();
        Directory.Delete(folder, recursive: true);
    }

    private bool Answers()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Parse(host), Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
