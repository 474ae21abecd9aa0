using RobotWorker.Benchmarks;
using RobotWorker.Benchmarks.Execution;
using RobotWorker.Benchmarks.Faults;
using RobotWorker.Benchmarks.Generate;
using RobotWorker.Benchmarks.MuJoCo;
using RobotWorker.Benchmarks.Ros1;
using RobotWorker.Benchmarks.Rosbridge;
using RobotWorker.Benchmarks.Serial;
using RobotWorker.Benchmarks.Stopping;

if (args is [ServeBenchmark.Name]) return ServeBenchmark.Run();
// The benchmark of ROS 1 starts itself again as the program on the other side.
if (args is [Ros1Peer.Verb, .. var part]) return Ros1Peer.Run(part);
// So does the benchmark of data sets, to render.
if (args is [RenderLoop.Verb, .. var film]) return RenderLoop.Run(film);

// One line a benchmark. Run: dotnet run -c Release --project tests/RobotWorker.Benchmarks -- NAME
Benchmark[] benchmarks =
[
    new("mujoco-step", "physics steps a second from C#, against the same loop in C", StepBenchmark.Run),
    new("executor", "what the executor costs a step, flat and in a deep tree with hold conditions and facts", ExecutorBenchmark.Run),
    new("stop", "a thousand protective stops: from the request to a command of zero in the physics, and to standing", StopBenchmark.Run),
    new("tree", "events a second of the pure core over a tree of 1,000 steps, bytes an event", TreeBenchmark.Run),
    new("journal", "journalled steps a second, and what a write takes, against a loop of SQLite inserts with the same durability", JournalBenchmark.Run),
    new("rosbridge", "our rosbridge client against npm roslib's on our server: messages a second, round trip, bytes a message", RosbridgeBenchmark.Run),
    new("ros1", "native ROS 1: messages a second and round trips, C#, rospy and roscpp, 100 B and 1 MB", Ros1Benchmark.Run),
    new("generate", "verified episodes an hour with pictures, depth and segmentation, and where the time goes; rendered frames a second against MuJoCo's renderer in C", GenerateBenchmark.Run),
    new("serial", "serial buses: 16 bytes there and back by termios against System.IO.Ports, cycles a second, parsers, how late a control loop is",
        () => OperatingSystem.IsLinux() ? SerialBenchmark.Run() : throw new BenchmarkException("it needs pseudo-terminals, which only Linux gives here")),
    new("detectors", "samples a second of a bank of detectors over 40 signals, bytes a sample, against a loop that compares with limits", DetectorsBenchmark.Run),
];

return BenchmarkProgram.Run(benchmarks, args);
