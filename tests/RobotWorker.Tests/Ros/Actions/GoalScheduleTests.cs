using RobotWorker.Chance;
using RobotWorker.Ros.Actions;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;

namespace RobotWorker.Tests.Ros.Actions;

/// <summary>
/// Random schedules of what a wire may say of goals, in any order, late and twice, of wishes to cancel and of time, through a real client on a virtual clock. The table of
/// <see cref="GoalLifeCycleTests"/> says what must follow; a legal pair of state and event that was hardly hit fails the test.
/// </summary>
public sealed class GoalScheduleTests
{
    private const int LeastHits = 20;

    [Test]
    public void RandomSchedules_FollowTheTable_AndHitEveryLegalPair() => Run(from: 1, count: 3_000);

    [Test]
    [Category("Slow")]
    public void TenThousandRandomSchedules_FollowTheTable_AndHitEveryLegalPair() => Run(from: 10_000, count: 10_000);

    private static void Run(int from, int count)
    {
        var hits = new SortedDictionary<(GoalState, GoalEvent), int>();
        for (var seed = from; seed < from + count; seed++) OnLoop.Run(world => new Course((ulong)seed, world, hits).Play());
        var legal = from state in Enum.GetValues<GoalState>() from happened in Enum.GetValues<GoalEvent>() where GoalLifeCycleTests.Expected(state, happened) is not null select (state, happened);
        TestContext.Out.WriteLine($"{count} schedules\n{string.Join('\n', hits.Select(h => $"{h.Value,8} {h.Key.Item1} {h.Key.Item2}{(legal.Contains(h.Key) ? "" : " (refused)")}"))}");
        Assert.That(legal.Where(pair => hits.GetValueOrDefault(pair) < LeastHits), Is.Empty, "hardly hit: what is never tried proves nothing");
    }

    /// <summary>One schedule: up to four goals of one client, what their server says, and what must be true at each moment.</summary>
    private sealed class Course(ulong seed, OnLoop world, IDictionary<(GoalState, GoalEvent), int> hits) : IActionLink<Goal>
    {
        private static readonly GoalTimeouts Second = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        private static readonly GoalEvent[] FromTheWire =
        [
            GoalEvent.Accepted, GoalEvent.Accepted, GoalEvent.Started, GoalEvent.Started, GoalEvent.Rejected, GoalEvent.CancelGranted, GoalEvent.CancelRefused, GoalEvent.CancelTooLate,
            GoalEvent.GoalNotKnown, GoalEvent.Succeeded, GoalEvent.Canceled, GoalEvent.Aborted, GoalEvent.ServerLost,
        ];

        private readonly RandomStream chance = RandomStream.For(seed, "goals", "events");
        private readonly List<Sent> goals = [];
        private IActionClient<Goal, Result, Feedback> client = null!;
        private IActionReplies<Result, Feedback> replies = null!;

        public bool ServerIsThere => true;

        public async Task Play()
        {
            using var real = new ActionClient<Goal, Result, Feedback>("/gripper", world.Time, this);
            (client, replies) = (real, real);
            for (var step = 0; step < 40; step++)
            {
                if (goals.Count == 0 || (goals.Count < 4 && chance.NextInt(8) == 0)) Send();
                var goal = goals[chance.NextInt(goals.Count)];
                switch (chance.NextInt(10))
                {
                    case < 5: Say(goal, FromTheWire[chance.NextInt(FromTheWire.Length)]); break;
                    case 5: Feed(goal); break;
                    case 6: Cancel(goal); break;
                    default: await Wait(chance.Uniform(0.1, 1.4)); break;
                }
                foreach (var one in goals) AlwaysTrue(one);
            }
        }

        public void Later(Action work) => work();

        public void SendGoal(Guid id, Goal goal)
        {
        }

        public void TakeUpGoal(Guid id)
        {
        }

        public void CancelGoal(Guid id) => goals.First(g => g.Id == id).Cancels++;

        private void Send()
        {
            var goal = new Sent(new Guid(goals.Count + 1, 0, 0, new byte[8]), goals.Count + 1);
            goals.Add(goal);
            goal.Handle = client.Send(goal.Id, new(), null, Second, null);
            Hit(GoalState.Created, GoalEvent.Sent);
            Assert.That(goal.Handle.State, Is.EqualTo(GoalState.Sending));
            goal.Handle.StateChanged += goal.States.Add;
        }

        private void Say(Sent goal, GoalEvent happened)
        {
            var before = goal.Handle.State;
            var expected = GoalLifeCycleTests.Expected(before, happened);
            if (before.IsEnd()) Tell();
            else if (expected is null)
            {
                Hit(before, happened);
                Assert.That(Tell, Throws.TypeOf<IllegalGoalTransitionException>());
            }
            else
            {
                Hit(before, happened);
                if (happened == GoalEvent.CancelRefused) goal.Wish = false;
                Tell();
            }
            Follows(goal, before.IsEnd() ? before : expected ?? before);

            void Tell()
            {
                if (happened is GoalEvent.Succeeded or GoalEvent.Canceled or GoalEvent.Aborted) replies.Ended(goal.Id, happened, new() { Position = goal.Number });
                else replies.Happened(goal.Id, happened);
            }
        }

        private void Feed(Sent goal)
        {
            var before = goal.Handle.State;
            replies.Feedback(goal.Id, new());
            if (before is not (GoalState.Sending or GoalState.Accepted)) Follows(goal, before);
            else
            {
                Hit(before, GoalEvent.Started);
                Follows(goal, GoalState.Executing);
            }
        }

        private void Cancel(Sent goal)
        {
            var before = goal.Handle.State;
            var again = goal.Wish || before.IsEnd() || before == GoalState.Canceling;
            goal.Wish |= !before.IsEnd();
            goal.Handle.Cancel();
            if (!again) Hit(before, GoalEvent.CancelAsked);
            Follows(goal, again ? before : GoalLifeCycleTests.Expected(before, GoalEvent.CancelAsked)!.Value);
        }

        // A wish that waited for the answer is sent with it.
        private void Follows(Sent goal, GoalState expected)
        {
            if (goal.Wish && (expected is GoalState.Accepted or GoalState.Executing))
            {
                Hit(expected, GoalEvent.CancelAsked);
                expected = GoalState.Canceling;
            }
            Assert.That(goal.Handle.State, Is.EqualTo(expected), $"schedule {seed}, goal {goal.Number}: {string.Join(", ", goal.States)}");
            if (expected == GoalState.Canceling) goal.Wish = true;
        }

        private async Task Wait(double seconds)
        {
            var seen = goals.Select(g => (Goal: g, State: g.Handle.State, g.States.Count)).ToList();
            await world.Seconds(seconds);
            foreach (var (goal, state, count) in seen)
            {
                var before = state;
                foreach (var after in goal.States.Skip(count))
                {
                    var due = before switch { GoalState.Sending => GoalEvent.AcceptTimedOut, GoalState.Canceling => GoalEvent.CancelTimedOut, _ => GoalEvent.ProgressStalled };
                    Hit(before, due);
                    Assert.That(after, Is.EqualTo(GoalLifeCycleTests.Expected(before, due)), $"schedule {seed}, goal {goal.Number}: {due}");
                    if (due == GoalEvent.CancelTimedOut) Assert.That(after, Is.EqualTo(GoalState.Unknown), "it may be running: nobody can call that a failure");
                    before = after;
                }
                if (before == GoalState.Canceling) goal.Wish = true;
            }
        }

        private void AlwaysTrue(Sent goal)
        {
            var (state, end) = (goal.Handle.State, goal.Handle.Completion);
            var story = $"schedule {seed}, goal {goal.Number}: {string.Join(", ", goal.States)}";
            Assert.That(end.IsCompletedSuccessfully, Is.EqualTo(state.IsEnd()), story);
            Assert.That(goal.States.Count(s => s.IsEnd()), Is.LessThanOrEqualTo(1), story);
            Assert.That(goal.States.SkipLast(1).Any(s => s.IsEnd()), Is.False, story);
            // Before the server's answer nothing is cancelled, unless that is overdue; after it a wish is.
            Assert.That(goal.Cancels, Is.EqualTo(goal.States.Count(s => s == GoalState.Canceling)), story);
            if (!state.IsEnd()) return;
            Assert.That(end.Result.State, Is.EqualTo(state), story);
            if (end.Result.Result is { } result) Assert.That(result.Position, Is.EqualTo(goal.Number), $"{story}: another goal's result");
            else Assert.That(state, Is.EqualTo(GoalState.Rejected).Or.EqualTo(GoalState.Unknown), story);
        }

        private void Hit(GoalState state, GoalEvent happened) => hits[(state, happened)] = hits.TryGetValue((state, happened), out var n) ? n + 1 : 1;
    }

    private sealed class Sent(Guid id, int number)
    {
        public Guid Id => id;

        public int Number => number;

        public IGoalHandle<Result> Handle { get; set; } = null!;

        /// <summary>The states that it came to, in order.</summary>
        public List<GoalState> States { get; } = [];

        /// <summary>Messages that asked to cancel it.</summary>
        public int Cancels { get; set; }

        /// <summary>It shall be cancelled, and no refusal has come since.</summary>
        public bool Wish { get; set; }
    }
}
