using System.Reflection;
using RobotWorker.Telemetry;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Docs;

/// <summary>docs/telemetry.md names everything that is sent.</summary>
public sealed class TelemetryPageTests
{
    private static IEnumerable<string> Names => typeof(TelemetryNames).GetNestedTypes().SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => (string)f.GetRawConstantValue()!).Distinct();

    [TestCaseSource(nameof(Names))]
    public void Page_NamesIt(string name) => Assert.That(File.ReadAllText(Repository.PathOf("docs/telemetry.md")), Does.Match($"`{System.Text.RegularExpressions.Regex.Escape(name)}[` ]"));
}
