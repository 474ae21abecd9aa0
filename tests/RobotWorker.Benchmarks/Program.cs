using RobotWorker.Benchmarks;
using RobotWorker.Benchmarks.Execution;
using RobotWorker.Benchmarks.MuJoCo;

// One line a benchmark. Run: dotnet run -c Release --project tests/RobotWorker.Benchmarks -- NAME
Benchmark[] benchmarks =
[
    new("mujoco-step", "physics steps a second from C#, against the same loop in C", StepBenchmark.Run),
    new("executor", "what the executor costs a step, flat and in a deep tree with hold conditions and facts", ExecutorBenchmark.Run),
];

return BenchmarkProgram.Run(benchmarks, args);
