using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RobotWorker.Benchmarks.Ros1;

/// <summary>A master, and pairs of programs on it; all ended with it.</summary>
internal sealed class Ros1Graph : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Hint = "It needs Debian's packages: `apt-get install python3-rosmaster python3-rospy python3-std-msgs`.";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly string folder = Directory.CreateTempSubdirectory("ros1-benchmark-").FullName;
    private readonly int port = FreePort();
    private readonly Process master;

    public Ros1Graph()
    {
        if (!File.Exists("/usr/bin/rosmaster")) throw new BenchmarkException($"there is no rosmaster. {Hint}");
        master = Start(Python, "/usr/bin/rosmaster", "--core", "-p", $"{port}");
        for (var waited = Stopwatch.StartNew(); !Answers();)
        {
            if (waited.Elapsed > Limit || master.HasExited) throw new BenchmarkException("rosmaster does not come up");
            Thread.Sleep(50);
        }

        HasRoscpp = CompileRoscpp();
    }

    public bool HasRoscpp { get; }

    private string Roscpp => Path.Combine(folder, "ros1");

    /// <summary>Runs two programs until the second has said its figures.</summary>
    /// <param name="first">Who goes on until ended: language and mode.</param>
    /// <param name="second">Who measures.</param>
    /// <param name="size">Bytes a message.</param>
    public double[] Measure((string Language, string Mode) first, (string Language, string Mode) second, int size)
    {
        using var measuring = Program(second.Language, second.Mode, size);
        using var going = Program(first.Language, first.Mode, size);
        try
        {
            var said = measuring.StandardOutput.ReadToEndAsync();
            if (!said.Wait(Limit)) throw new BenchmarkException($"{second} with {first} did not end within {Limit}");
            var line = said.Result.Split('\n').FirstOrDefault(line => line.StartsWith("RATE ", StringComparison.Ordinal) || line.StartsWith("TRIP ", StringComparison.Ordinal))
                ?? throw new BenchmarkException($"{second} with {first} said nothing");
            return [.. line.Split(' ').Skip(1).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        }
        finally
        {
            End(measuring);
            End(going);
        }
    }

    public void Dispose()
    {
        End(master);
        master.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void End(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    private static string Source(string file) => Path.Combine(AppContext.BaseDirectory, "native", file);

    private Process Program(string language, string mode, int size) => language switch
    {
        "cs" => Start(Environment.ProcessPath!, [.. OwnProgram(), Ros1Peer.Verb, mode, $"{size}"]),
        "py" => Start(Python, Source("ros1.py"), mode, $"{size}"),
        _ => Start(Roscpp, mode, $"{size}"),
    };

    // Started as "dotnet X.dll" or as a program of its own.
    private static string[] OwnProgram() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "RobotWorker.Benchmarks.dll")] : [];

    private bool CompileRoscpp()
    {
        try
        {
            using var flags = Process.Start(new ProcessStartInfo("pkg-config", ["--cflags", "--libs", "roscpp", "std_msgs"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var words = flags.StandardOutput.ReadToEnd().Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            flags.WaitForExit();
            if (flags.ExitCode != 0) return false;
            using var compiler = Process.Start("g++", ["-O2", "-o", Roscpp, Source("ros1.cpp"), .. words]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["ROS_MASTER_URI"] = $"http://127.0.0.1:{port}/";
        start.Environment["ROS_HOSTNAME"] = "127.0.0.1";
        start.Environment["ROS_HOME"] = start.Environment["ROS_LOG_DIR"] = folder;
        return Process.Start(start) ?? throw new BenchmarkException($"{program} cannot be started");
    }

    private bool Answers()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
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
