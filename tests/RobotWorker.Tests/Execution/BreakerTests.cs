using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>An actuator that fails time and again is asked for nothing more until a person says so.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class BreakerTests(Pace pace)
{
    private const string Waves = "{id: root, repeat: {times: 4, do: {id: tries, fallback: [{id: a, skill: wave, retry: {attempts: 2}}, {id: p, skill: peek}]}}}";

    [Test]
    public void FiveFailuresInARow_TheActuatorIsLeftAlone_AndAnotherWayIsTaken()
    {
        var bench = Failing();

        var result = bench.Run(Waves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Attempts.Count(a => a.Skill == "wave"), Is.EqualTo(5));
        Assert.That(bench.Robot.Attempts.Count(a => a.Skill == "peek"), Is.EqualTo(4));
        Assert.That(result.Report.Recoveries[^1].Evidence, Does.Contain("the breaker of the arm is open: 5 failures in a row").And.Contain("/wave aborted a goal"));
    }

    [Test]
    public void ASuccessBetweenThem_ClosesIt()
    {
        var bench = Failing();
        bench.Robot.Otherwise = attempt => attempt.Skill == "wave" && attempt.Path != "root[2]/tries/a" ? Behaviour.Fails("STUCK") : new();

        bench.Run(Waves);

        Assert.That(bench.Robot.Attempts.Count(a => a.Skill == "wave"), Is.EqualTo(2 + 1 + 2 + 2));
    }

    [Test]
    public void APersonWantsItTried_OneMoreFailureOpensItAgain()
    {
        var bench = Failing();
        bench.Answers.Enqueue("retry");
        bench.Answers.Enqueue("abort");

        bench.Run("{id: root, sequence: [{id: a, skill: wave, retry: {attempts: 9}}]}");

        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(6));
        Assert.That(bench.Questions, Has.Count.EqualTo(2));
        Assert.That(bench.Questions[1].Evidence, Does.Contain("6 failures in a row").Or.Contain("5 failures in a row"));
    }

    [Test]
    public void NoProgress_CountsLikeAnAbort()
    {
        var bench = new Bench(pace);
        bench.Robot.TellsGoals = true;
        bench.Robot.Otherwise = _ => new(Hangs: true);
        bench.Answers.Enqueue("abort");

        bench.Run("{id: root, sequence: [{id: a, skill: wave, retry: {attempts: 9}}]}");

        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(5));
        Assert.That(bench.Questions.Single().Evidence, Does.Contain("NO_PROGRESS"));
    }

    [Test]
    public void Rejections_CountLikeAborts_AndWhatComesOfAnOldAttemptDoesNotCount()
    {
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan("{id: root, sequence: [{id: a, skill: wave}]}"), "e");
        (state, _) = Executor.Next(state, new Event.Started(TimeSpan.Zero, default));
        for (var goal = 0; goal < 5; goal++) Reject(attempt: 9, goal);
        Assert.That(state.Breakers, Is.Empty);
        Assert.That(state.Steps.Single().OpenGoal, Is.Null);
        for (var goal = 0; goal < 5; goal++)
        {
            Assert.That(state.Breakers.GetValueOrDefault("arm")?.IsOpen ?? false, Is.False);
            Reject(attempt: 1, goal);
        }

        Assert.That(state.Breakers["arm"].IsOpen, Is.True);

        void Reject(int attempt, int goal)
        {
            (state, _) = Executor.Next(state, new Event.GoalChanged(TimeSpan.Zero, default, new("root/a", attempt, $"{goal}", "/wave", GoalStage.Sent, null, "arm")));
            (state, _) = Executor.Next(state, new Event.GoalChanged(TimeSpan.Zero, default, new("root/a", attempt, $"{goal}", "/wave", GoalStage.Ended, "rejected", "arm")));
        }
    }

    private Bench Failing()
    {
        var bench = new Bench(pace);
        bench.Robot.TellsGoals = true;
        bench.Robot.Otherwise = attempt => attempt.Skill == "wave" ? Behaviour.Fails("STUCK") : new();
        return bench;
    }
}
