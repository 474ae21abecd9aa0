using RobotWorker.Benchmarks;
using RobotWorker.Benchmarks.Execution;
using RobotWorker.Benchmarks.MuJoCo;
using RobotWorker.Benchmarks.Rosbridge;

if (args is [ServeBenchmark.Name]) return ServeBenchmark.Run();

// One line a benchmark. Run: dotnet run -c Release --project tests/RobotWorker.Benchmarks -- NAME
Benchmark[] benchmarks =
[
    new("mujoco-step", "physics steps a second from C#, against the same loop in C", StepBenchmark.Run),
    new("executor", "what the executor costs a step, flat and in a deep tree with hold conditions and facts", ExecutorBenchmark.Run),
    new("rosbridge", "our rosbridge client against npm roslib's on our server: messages a second, round trip, bytes a message", RosbridgeBenchmark.Run),
];

return BenchmarkProgram.Run(benchmarks, args);
