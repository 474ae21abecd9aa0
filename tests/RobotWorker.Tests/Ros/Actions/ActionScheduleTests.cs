using CsCheck;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using static RobotWorker.Ros.Actions.GoalState;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;

namespace RobotWorker.Tests.Ros.Actions;

/// <summary>Whatever the server does and whenever the client cancels: every goal ends, as the truth allows, and the same way each time.</summary>
public class ActionScheduleTests
{
    private static readonly Gen<Schedule> Schedules = Gen.Select(
        Gen.Int[0, 80], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[-40, 80], Gen.Int[-80, 80],
        (work, takes, heeds, grants, cancel, death) => new Schedule(work / 10.0, takes, heeds, grants, cancel / 10.0, death / 10.0));

    [Test]
    public void AnySchedule_TheGoalEndsAsTheTruthAllows() => Schedules.Sample(
        schedule =>
        {
            var (outcome, server, trace) = Play(schedule);

            Assert.That(outcome.State.IsEnd(), trace);
            Assert.That(outcome.State == Rejected, Is.EqualTo(server.Refused && outcome.State != Unknown), trace);
            if (outcome.State == Succeeded) Assert.That(server.Finished, trace);
            if (outcome.State == Canceled) Assert.That(server.Stopped, trace);
            if (outcome.State == Unknown) Assert.That(outcome.Detail, Is.Not.Empty, trace);
            Assert.That(outcome.State, Is.Not.EqualTo(Aborted), "nobody gave up; a lost server is Unknown");
            Assert.That(outcome.Result is null, Is.EqualTo(outcome.State is Rejected or Unknown), trace);
        },
        iter: 500, threads: 1);

    [Test]
    public void AnySchedule_PlayedTwice_IsTheSame() =>
        Schedules.Sample(
            schedule =>
            {
                var first = Play(schedule).Trace;
                Assert.That(Play(schedule).Trace, Is.EqualTo(first));
            },
            iter: 100, threads: 1);

    private static (GoalOutcome<Result> Outcome, Hand Server, string Trace) Play(Schedule schedule)
    {
        GoalOutcome<Result>? outcome = null;
        var trace = new List<string> { schedule.ToString() };
        var hand = new Hand(schedule);
        OnLoop.Run(async world =>
        {
            hand.Time = world.Time;
            using var robot = world.Graph.Connect("robot");
            using var worker = world.Graph.Connect("worker");
            var server = robot.AdvertiseAction("/hand", hand);
            var client = worker.ActionClient<Goal, Result, Feedback>("/hand");
            if (schedule.DeathAt >= 0) _ = After(schedule.DeathAt, server.Dispose);
            var goal = client.Send(new("00000000-0000-0000-0000-000000000001"), new(), timeouts: new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
            goal.StateChanged += state => trace.Add($"{world.Loop.Elapsed.TotalSeconds} {state}");
            if (schedule.CancelAt >= 0) _ = After(schedule.CancelAt, goal.Cancel);
            outcome = await goal.Completion;
            trace.Add($"{world.Loop.Elapsed.TotalSeconds} {outcome.Detail}");
            await world.Seconds(20);    // what comes late finds nobody

            async Task After(double seconds, Action act)
            {
                await world.Seconds(seconds);
                act();
            }
        });
        return (outcome!, hand, string.Join('\n', trace));
    }

    /// <summary>What happens, in seconds; a negative time means never.</summary>
    private sealed record Schedule(double Work, bool Takes, bool HeedsCancel, bool GrantsCancel, double CancelAt, double DeathAt);

    private sealed class Hand(Schedule schedule) : IActionServerHandler<Goal, Result, Feedback>
    {
        public TimeProvider? Time { get; set; }

        public bool Refused { get; private set; }

        public bool Finished { get; private set; }

        public bool Stopped { get; private set; }

        public bool Accept(Guid goalId, Goal goal)
        {
            Refused = !schedule.Takes;
            return schedule.Takes;
        }

        public bool AcceptCancel(Guid goalId) => schedule.GrantsCancel;

        public async Task<GoalEnd<Result>> Execute(ServerGoal<Goal, Feedback> goal, CancellationToken canceled)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(schedule.Work), Time!, schedule.HeedsCancel ? canceled : default);
            }
            catch (OperationCanceledException)
            {
                Stopped = true;
                throw;
            }

            Finished = true;
            return GoalEnd.Succeeded(new Result());
        }
    }
}
