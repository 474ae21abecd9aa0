using System.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Telemetry;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;
using static RobotWorker.Telemetry.TelemetryNames;

namespace RobotWorker.Tests.Telemetry;

[TestFixture]
[NonParallelizable]
public sealed class EpisodeTracerTests
{
    private const string GraspThenPut = "{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}, {id: put, skill: put, args: {object: cup1, target: shelf}}]}";

    private static readonly DateTimeOffset Began = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Trace_OfARunWithAFault_IsPlanStepAttemptGoal_WithFaultAndRecovery()
    {
        using var traces = new Traces();
        var bench = FaultyBench();

        bench.Run(GraspThenPut);

        Assert.That(traces.Tree(), Is.EqualTo(
            """
            plan test
              step pick
                observe
                attempt pick !
                  goal /pick !
                attempt pick
                  goal /pick
                observe
              fault GRIPPER_WEAK
              recovery
                stand_still
                reverify
              step put
                attempt put
                  goal /put
                observe
            """));
        Assert.That(traces.Spans.Select(s => s.TraceId).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Times_AtVirtualPace_AreThoseOfTheEpisode()
    {
        using var traces = new Traces();

        FaultyBench().Run(GraspThenPut);

        // It hung until the fault at 2 s; the fault had begun 0.1 s before it was confirmed, and healed at 8 s.
        var fault = traces.One("fault GRIPPER_WEAK");
        Assert.That((fault.StartTimeUtc, fault.Duration), Is.EqualTo((Began.UtcDateTime.AddSeconds(1.9), TimeSpan.FromSeconds(6.1))));
        var plan = traces.One("plan test");
        Assert.That(plan.StartTimeUtc, Is.EqualTo(Began.UtcDateTime));
        foreach (var span in traces.Spans.Where(s => s != plan))
        {
            var parent = traces.Spans.Single(s => s.SpanId == span.ParentSpanId);
            Assert.That(span.StartTimeUtc, Is.GreaterThanOrEqualTo(parent.StartTimeUtc), span.DisplayName);
            Assert.That(span.StartTimeUtc + span.Duration, Is.LessThanOrEqualTo(parent.StartTimeUtc + parent.Duration), span.DisplayName);
        }
    }

    [Test]
    public void Decision_IsAnEventOfTheReverificationThatItRestsOn()
    {
        using var traces = new Traces();

        FaultyBench().Run(GraspThenPut);

        var decided = traces.One(Spans.Reverify).Events.Single(e => e.Name == Events.Decided);
        var tags = decided.Tags.ToDictionary(t => t.Key, t => t.Value);
        Assert.That(tags[Attributes.Effect], Is.EqualTo("not_started"));
        Assert.That(tags[Attributes.Decision], Is.EqualTo("retry"));
        Assert.That(tags[Attributes.Evidence], Does.StartWith("GRIPPER_WEAK: "));
        Assert.That(traces.One(Spans.Recovery).Events.Select(e => (string?)e.Tags.Single().Value), Is.EqualTo(["cancelling", "confirming_still", "healing", "looking"]));
    }

    [Test]
    public void Attempts_TellWhatTheyReported_AndStepsWhatWasSeen()
    {
        using var traces = new Traces();

        FaultyBench().Run(GraspThenPut);

        var attempts = traces.Named("attempt pick").ToList();
        Assert.That(attempts.Select(a => a.GetTagItem(Attributes.Attempt)), Is.EqualTo(new object[] { 1, 2 }));
        Assert.That(attempts.Select(a => a.GetTagItem(Attributes.Code)), Is.EqualTo(new object?[] { "CANCELED", null }));
        var step = traces.One("step pick");
        Assert.That((step.GetTagItem(Attributes.Step), step.GetTagItem(Attributes.Status), step.GetTagItem(Attributes.Observed)), Is.EqualTo(((object)"root/grasp", (object)"finished", (object)"succeeded")));
        Assert.That(traces.One("plan test").GetTagItem(Attributes.Outcome), Is.EqualTo("succeeded"));
    }

    [Test]
    public void Repair_ItsSteps_StandUnderTheStepThatTheyRepair()
    {
        using var traces = new Traces();
        var bench = NewBench();
        bench.Robot.True.Remove("empty(gripper)");
        bench.Robot.True.Add("holding(robot, cup2)");
        bench.Repair = _ => "{id: free, skill: put, args: {object: cup2, target: shelf}}";

        bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(traces.Tree(), Does.Contain("  step pick\n"));
        var repair = traces.Spans.First(s => s.DisplayName == "step put");
        Assert.That(repair.ParentSpanId, Is.EqualTo(traces.Spans.Single(s => s.DisplayName == "step pick" && s.GetTagItem(Attributes.Step) is "root/grasp").SpanId));
    }

    [Test]
    public void FaultThatIsActiveAtTheEnd_ItsSpanSaysSo()
    {
        using var traces = new Traces();
        var bench = NewBench();
        bench.At(1, () => bench.Confirm("DOOR_OPEN"));

        bench.Run(GraspThenPut);

        Assert.That(traces.One("fault DOOR_OPEN").StatusDescription, Is.EqualTo("active at the end"));
        Assert.That(traces.One(Spans.Ask).GetTagItem(Attributes.Question), Does.StartWith("DOOR_OPEN needs a person"));
        Assert.That(traces.One("plan test").Status, Is.EqualTo(ActivityStatusCode.Error));
    }

    [Test]
    public void Process_ThatEndsInTheMiddle_LeavesItsSpansEnded()
    {
        using var traces = new Traces();
        var tracer = new EpisodeTracer("bench", Began);
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(GraspThenPut), "e");
        (state, _) = Executor.Next(state, new Event.Started(TimeSpan.Zero, RobotTime.Zero));
        tracer.OnTransition(new Event.Started(TimeSpan.Zero, RobotTime.Zero), state);

        tracer.Dispose();

        Assert.That(traces.Tree(), Is.EqualTo("plan test !\n  step pick\n    observe"));
        Assert.That(traces.One("plan test").StatusDescription, Is.EqualTo("its process ended first"));
    }

    [Test]
    public void Ambient_ActivityOfWhoeverRunsTheEpisode_IsNeverTouched()
    {
        using var traces = new Traces();
        using var around = new Activity("around").Start();
        var bench = FaultyBench();
        bench.Always = _ => Assert.That(Activity.Current, Is.SameAs(around));

        bench.Run(GraspThenPut);

        Assert.That(Activity.Current, Is.SameAs(around));
        Assert.That(traces.One("plan test").ParentSpanId, Is.EqualTo(default(ActivitySpanId)));
    }

    [Test]
    public void Run_TracedOrNot_HasTheSameEvents()
    {
        var plain = FaultyBench();
        plain.Run(GraspThenPut);

        using var traces = new Traces();
        var traced = FaultyBench();
        traced.Run(GraspThenPut);

        Assert.That(traced.Journal.Events.Select(EventJson.Write), Is.EqualTo(plain.Journal.Events.Select(EventJson.Write)));
    }

    [Test]
    public void Nobody_Listens_ATransitionCostsNoMemory()
    {
        using var tracer = new EpisodeTracer("bench", Began);
        using var meter = new EpisodeMeter();
        var (before, after, fact) = AFact();
        for (var i = 0; i < 100; i++) Pass();

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Pass();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - allocated, Is.Zero);

        void Pass()
        {
            foreach (var state in (ReadOnlySpan<PlanState>)[before, after])
            {
                tracer.OnTransition(fact, state);
                meter.OnTransition(fact, state);
            }
        }
    }

    private static (PlanState Before, PlanState After, Event Fact) AFact()
    {
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(GraspThenPut), "e");
        (state, _) = Executor.Next(state, new Event.Started(TimeSpan.Zero, RobotTime.Zero));
        var fact = new Event.FactObserved(TimeSpan.FromSeconds(1), RobotTime.FromSeconds(1), new(RobotWorker.World.Atom.Of("localized", "robot"), RobotWorker.World.Truth.True, RobotTime.FromSeconds(1), "sense"));
        return (state, Executor.Next(state, fact).State, fact);
    }

    private static Bench NewBench()
    {
        var bench = new Bench(Pace.Virtual) { CheckFold = false };
        bench.Robot.TellsGoals = true;
        bench.Worker.Subscribe(new EpisodeTracer("bench", Began));
        return bench;
    }

    private static Bench FaultyBench()
    {
        var bench = NewBench();
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, () => bench.Worker.FaultConfirmed(Kitchen.FaultOf("GRIPPER_WEAK", bench.Robot.Now) with { RaisedAt = bench.Robot.Now - TimeSpan.FromSeconds(0.1) }));
        bench.At(8, () => bench.Heal("GRIPPER_WEAK"));
        return bench;
    }
}
