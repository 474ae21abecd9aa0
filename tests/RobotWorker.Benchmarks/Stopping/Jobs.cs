using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Testing;

namespace RobotWorker.Benchmarks.Stopping;

/// <summary>The job whose scene and robot are measured.</summary>
internal static class Jobs
{
    public static Job TidyTable()
    {
        var bag = new DiagnosticBag();
        return JobReader.Read(Repository.PathOf("sim/tasks/tidy-table.yaml"), scene: null, bag) ?? throw new BenchmarkException(string.Join('\n', bag.All));
    }
}
