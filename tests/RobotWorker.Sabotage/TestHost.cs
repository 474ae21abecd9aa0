using System.Reflection;
using System.Runtime.Loader;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace RobotWorker.Sabotage;

/// <summary>The built tests in this process, beside the sabotaged product: run again and again, each time with another mutant.</summary>
internal sealed class TestHost : ITestListener
{
    private readonly Dictionary<string, NUnitTestAssemblyRunner> runners = new(StringComparer.Ordinal);
    private readonly Assembly tests;
    private string? failed;

    /// <param name="folder">Where the tests and the product lie.</param>
    public TestHost(string folder)
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, $"{name.Name}.dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        tests = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folder, "RobotWorker.Tests.dll"));
    }

    /// <summary>Runs tests until one fails.</summary>
    /// <returns>Its name, or null.</returns>
    public string? FirstFailure(string project, int mutant, IEnumerable<string> classes)
    {
        Assembly.Load(new AssemblyName(project)).GetType("Saboteur")!.GetField("Mutant")!.SetValue(null, mutant);
        failed = null;
        foreach (var wanted in classes)
        {
            RunnerOf(wanted).Run(this, TestFilter.FromXml($"<filter><and><class re='1'>{wanted}</class><not><cat>Slow</cat></not></and></filter>"));
            if (failed is not null) break;
        }
        Assembly.Load(new AssemblyName(project)).GetType("Saboteur")!.GetField("Mutant")!.SetValue(null, 0);
        return failed;
    }

    private NUnitTestAssemblyRunner RunnerOf(string wanted)
    {
        if (runners.TryGetValue(wanted, out var known)) return known;
        var runner = runners[wanted] = new(new DefaultTestAssemblyBuilder());
        runner.Load(tests, new Dictionary<string, object> { ["StopOnError"] = true, ["NumberOfTestWorkers"] = 0 });
        return runner;
    }

    public void TestStarted(ITest test)
    {
    }

    public void TestFinished(ITestResult result)
    {
        if (!result.HasChildren && result.ResultState.Status == TestStatus.Failed) failed ??= result.Name;
    }

    public void TestOutput(TestOutput output)
    {
    }

    public void SendMessage(TestMessage message)
    {
    }
}
