using System.Globalization;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>The command in simulation, a collector and a scraper beside it.</summary>
[TestFixture]
public sealed class TelemetryTests
{
    [Test]
    public void Run_CollectorAndScraperBesideIt_BothHearOfTheFault()
    {
        Simulator.Require();
        var folder = Directory.CreateTempSubdirectory("telemetry ").FullName;
        using var collector = new OtlpReceiver();
        var port = OtlpReceiver.FreePort();
        using var command = LiveCommand.Start(
            "run", Repository.PathOf("sim/tasks/tidy-table.yaml"), "--video", "none", "--output", folder, "--otlp", collector.Address, "--metrics", port.ToString(CultureInfo.InvariantCulture));

        var scraped = Scrape(port, command);
        var result = command.End();

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.Not.Contain("telemetry"));
        var (values, _) = PrometheusText.Parse(scraped);
        Assert.That(values.Single(v => v.Key.StartsWith("fault_onsets_total{fault_code=\"GRIPPER_FORCE_LOW\"", StringComparison.Ordinal)).Value, Is.EqualTo(1));
        var spans = collector.Spans;
        var fault = spans.Single(s => s.Name == "fault GRIPPER_FORCE_LOW");
        var plan = spans.Single(s => s.Name == "plan tidy-table");
        Assert.That(fault.Parent, Is.EqualTo(plan.Id));
        Assert.That((fault.End - fault.Start).TotalSeconds, Is.InRange(2, 20), "the robot's seconds, however fast they were simulated");
        Assert.That((plan.End - plan.Start).TotalSeconds, Is.GreaterThan(30));
        Assert.That(spans.Select(s => s.Name), Is.SupersetOf(new[] { "step pick", "attempt pick", "recovery", "reverify", "goal /navigate_to_pose" }));
        foreach (var span in spans.Where(s => s != plan)) Assert.That(spans.Select(s => s.Id), Does.Contain(span.Parent), span.Name);
        Assert.That(collector.Logs.Select(l => l.Body), Has.Some.StartsWith("fault GRIPPER_FORCE_LOW of gripper confirmed"));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Recording_HoldsWhatTheWorkerSaysOfItself_BesideTheRobotsOwnDiagnostics()
    {
        var statuses = McapReader.Read(Story.Run.Mcap).On("/diagnostics").Select(m => Cdr.Deserialize<DiagnosticArray>(m.Data.Span)).SelectMany(m => m.Status).ToList();

        Assert.That(statuses.Select(s => s.Name), Does.Contain("gripper: motor").And.Contain("robotworker: worker"));
        Assert.That(statuses.Where(s => s.Name == "robotworker: worker").Select(s => s.Level), Does.Contain(DiagnosticStatus.OK).And.Contain(DiagnosticStatus.ERROR));
    }

    // The last page that shows the fault: the endpoint is there for as long as the run.
    private static string Scrape(int port, LiveCommand command)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var last = "";
        while (!command.HasEnded && !last.Contains("retry_total", StringComparison.Ordinal))
        {
            try
            {
                using var answer = client.Send(new(HttpMethod.Get, $"http://127.0.0.1:{port}/metrics"));
                last = new StreamReader(answer.Content.ReadAsStream()).ReadToEnd();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not yet, or no more.
            }
            Thread.Sleep(50);
        }
        return last;
    }
}
