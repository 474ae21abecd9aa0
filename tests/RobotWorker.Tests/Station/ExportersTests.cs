using System.Net.Sockets;
using System.Net;
using RobotWorker.Station;
using RobotWorker.Testing;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;

namespace RobotWorker.Tests.Station;

/// <summary>What a collector receives of a run, and what whoever scrapes reads.</summary>
[TestFixture]
[NonParallelizable]
public sealed class ExportersTests
{
    private const string Grasp = "{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}";

    private static readonly DateTimeOffset Began = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Collector_ReceivesTheTrace_WithTheEpisodesTimes()
    {
        using var collector = new OtlpReceiver();

        RunWithFault(new(new(collector.Address), null));

        var spans = collector.Spans;
        var plan = spans.Single(s => s.Name == "plan test");
        Assert.That((plan.Parent, plan.Start, plan.Status), Is.EqualTo(("", Began, 1)));
        var fault = spans.Single(s => s.Name == "fault GRIPPER_WEAK");
        Assert.That((fault.Parent, fault.Start, fault.End), Is.EqualTo((plan.Id, Began.AddSeconds(2), Began.AddSeconds(8))));
        var attempt = spans.Where(s => s.Name == "attempt pick").OrderBy(s => s.Start).First();
        Assert.That(spans.Single(s => s.Id == attempt.Parent).Name, Is.EqualTo("step pick"));
        Assert.That(spans.Single(s => s.Name == "goal /pick" && s.Parent == attempt.Id).Attributes["robotworker.goal.status"], Is.EqualTo("canceled"));
        Assert.That(spans.Single(s => s.Name == "reverify").Events, Is.EqualTo(["recovery.decided"]));
        Assert.That(collector.Resource["service.name"], Is.EqualTo("robotworker"));
        Assert.That(collector.Resource["robotworker.robot.name"], Is.EqualTo("bench"));
    }

    [Test]
    public void Collector_ReceivesTheStoryAsLogs_InTheTrace_AtTheEpisodesTimes()
    {
        using var collector = new OtlpReceiver();

        RunWithFault(new(new(collector.Address), null));

        var confirmed = collector.Logs.Single(l => l.Body.StartsWith("fault GRIPPER_WEAK of gripper confirmed", StringComparison.Ordinal));
        Assert.That((confirmed.At, confirmed.Severity), Is.EqualTo((Began.AddSeconds(2), 17)));
        Assert.That(confirmed.Trace, Is.EqualTo(collector.Spans[0].Trace));
        Assert.That(collector.Logs.Select(l => l.Body), Does.Contain("the episode begins").And.Some.StartsWith("root/grasp: its effect is not started: retry"));
    }

    [Test]
    public void Collector_ReceivesTheMetrics_UnderTheirOpenTelemetryNames()
    {
        using var collector = new OtlpReceiver();

        RunWithFault(new(new(collector.Address), null));

        Assert.That(collector.Metrics, Is.SupersetOf(new[] { ("fault.onsets", "{fault}"), ("fault.recovered", "{fault}"), ("detection.delay", "s"), ("operating", "s"), ("retry", "{retry}") }));
    }

    [Test]
    public void Scraper_ReadsTheMetrics_UnderTheirPrometheusNames()
    {
        var port = OtlpReceiver.FreePort();
        var text = "";

        RunWithFault(new(null, port), () => text = Scrape(port));

        var (values, types) = PrometheusText.Parse(text);
        Assert.That(types["fault_onsets_total"], Is.EqualTo("counter"));
        Assert.That(types["fault_active"], Is.EqualTo("gauge"));
        Assert.That(types["detection_delay_seconds"], Is.EqualTo("histogram"));
        const string robot = "robotworker_robot_name=\"bench\"";
        Assert.That(values[$"fault_onsets_total{{fault_code=\"GRIPPER_WEAK\",fault_component=\"gripper\",fault_level=\"critical\",{robot}}}"], Is.EqualTo(1));
        Assert.That(values[$"fault_active{{fault_code=\"GRIPPER_WEAK\",fault_component=\"gripper\",fault_level=\"critical\",{robot}}}"], Is.Zero);
        Assert.That(values[$"fault_recovered_total{{by=\"robot\",fault_code=\"GRIPPER_WEAK\",{robot}}}"], Is.EqualTo(1));
        Assert.That(values[$"retry_total{{code=\"GRIPPER_WEAK\",outcome=\"succeeded\",{robot}}}"], Is.EqualTo(1));
        Assert.That(values[$"operating_seconds_total{{robotworker_mode=\"AUTOMATIC\",{robot}}}"], Is.GreaterThan(8));
    }

    [Test]
    public void Collector_ThatIsAway_CostsTheEpisodeNothing_AndIsTold()
    {
        var nobody = new Uri($"http://127.0.0.1:{OtlpReceiver.FreePort()}");

        var failure = RunWithFault(new(nobody, null));

        Assert.That(failure, Does.StartWith($"{nobody}v1/"));
    }

    [Test]
    public void Port_ThatIsTaken_IsRefusedBeforeAnythingStarts()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.That(Exporters.WhyNot(new(null, port)), Does.StartWith($"port {port} of 127.0.0.1 cannot be had"));
        Assert.That(Exporters.WhyNot(ExportOptions.None), Is.Null);
    }

    private static string? RunWithFault(ExportOptions options, Action? afterwards = null)
    {
        using var exporters = new Exporters(options, "bench", Began);
        var bench = new Bench(Pace.Virtual) { CheckFold = false };
        bench.Robot.TellsGoals = true;
        foreach (var observer in exporters.Observers) bench.Worker.Subscribe(observer);
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, () => bench.Confirm("GRIPPER_WEAK"));
        bench.At(8, () => bench.Heal("GRIPPER_WEAK"));
        bench.Run(Grasp);
        afterwards?.Invoke();
        exporters.Dispose();
        return exporters.Failure;
    }

    private static string Scrape(int port)
    {
        using var client = new HttpClient();
        using var answer = client.Send(new(HttpMethod.Get, $"http://127.0.0.1:{port}/metrics"));
        using var reader = new StreamReader(answer.EnsureSuccessStatusCode().Content.ReadAsStream());
        return reader.ReadToEnd();
    }
}
