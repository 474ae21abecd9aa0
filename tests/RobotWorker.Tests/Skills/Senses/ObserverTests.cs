using RobotWorker.Execution;
using RobotWorker.Motion;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Senses;
using RobotWorker.Tests.Ros;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>Looking until what was asked is settled by what is seen now.</summary>
public sealed class ObserverTests
{
    private static readonly Pose OnTheTable = Workshop.At(0.8, 0.1, 0.74);

    [Test]
    public void Look_NoCameraIsNeeded_TheHeadStaysStill() => Run(async bench =>
    {
        await bench.Looks(Atom.Of("at", "robot", "table_side"), Atom.Of("empty", "gripper"), Atom.Of("localized", "robot"));

        Assert.That(bench.HeadTurnedTo, Is.Empty);
        Assert.That(bench.Inbox.Says("at", "robot", "table_side"), Is.EqualTo(Truth.True));
        Assert.That(bench.Inbox.Says("empty", "gripper"), Is.EqualTo(Truth.True));
    });

    [Test]
    public void Look_WhereItIsBelieved_SettlesAtTheFirstPlace() => Run(async bench =>
    {
        bench.Robot.Objects["cup/red"] = OnTheTable;
        await bench.Looks(Atom.Of("on", "cup_red", "table"));
        bench.Turn(new(10, 0, 1.5));
        await bench.World.Seconds(2);

        await bench.Looks(Atom.Of("on", "cup_red", "table"));

        Assert.That(bench.HeadTurnedTo, Has.Count.EqualTo(1));
        Assert.That((bench.HeadTurnedTo[0] - OnTheTable.Position).Length, Is.LessThan(0.01));
    });

    [Test]
    public void Look_WhereItIsBelieved_OutOfTheHeadsReach_LooksElsewhere() => Run(async bench =>
    {
        bench.Robot.Objects["cup/red"] = OnTheTable;
        await bench.Looks(Atom.Of("on", "cup_red", "table"));
        bench.Turn(new(10, 0, 1.5));
        await bench.World.Seconds(2);
        bench.OutOfReach = OnTheTable.Position;
        bench.HeadTurnedTo.Clear();

        await bench.Looks(Atom.Of("on", "cup_red", "table"));

        Assert.That(bench.HeadTurnedTo, Has.Count.GreaterThan(1));
        Assert.That(bench.Inbox.Facts.FindLast(f => f.Atom.Predicate == "on")!.Value, Is.EqualTo(Truth.True));
    });

    [Test]
    public void Look_AnOlderFactIsThere_ItIsLookedAtAgain() => Run(async bench =>
    {
        bench.Robot.Objects["cup/red"] = OnTheTable;
        await bench.Looks(Atom.Of("located", "cup_red"));
        bench.Turn(new(10, 0, 1.5));
        await bench.World.Seconds(2);
        var asked = Puppet.Now(bench.World);
        bench.Robot.Objects["cup/red"] = Workshop.At(0.9, -0.2, 0.74);    // somebody moved it while nobody looked

        await bench.Looks(Atom.Of("located", "cup_red"));

        var last = bench.Inbox.Facts.FindLast(f => f.Atom.Predicate == "located")!;
        Assert.That(last.CapturedAt, Is.GreaterThan(asked));
        Assert.That(last.Where!.Pose.Position.X, Is.EqualTo(0.9).Within(1e-6), "no average of before and after");
    });

    [Test]
    public void Look_AFactFromBeforeTheRequest_DoesNotSettle() => Run(async bench =>
    {
        bench.Robot.Objects["cup/red"] = OnTheTable;
        await bench.Looks(Atom.Of("located", "cup_red"));
        bench.Robot.Objects.Clear();
        bench.Turn(new(10, 0, 1.5));
        await bench.World.Seconds(2);
        var asked = Puppet.Now(bench.World);

        bench.HeadTurnedTo.Clear();
        // The fact from then is younger than Since; what the request is for is what is there now.
        await bench.Looks(since: 0, Atom.Of("located", "cup_red"));

        Assert.That(bench.HeadTurnedTo, Is.Not.Empty);
        Assert.That(bench.Inbox.Facts.Where(f => f.Atom.Predicate == "located" && f.CapturedAt > asked).Select(f => f.Value), Has.All.EqualTo(Truth.False));
        Assert.That(bench.Inbox.Says("located", "cup_red"), Is.EqualTo(Truth.False));
    });

    [Test]
    public void Absence_TheWholeTableWasSeenUnhidden_IsSaid() => Run(async bench =>
    {
        await bench.Looks(Atom.Of("on", "cup_red", "table"));

        Assert.That(bench.Inbox.Says("on", "cup_red", "table"), Is.EqualTo(Truth.False));
    });

    [Test]
    public void Absence_AnotherCupHidesAPartOfTheTable_IsNotSaid() => Run(async bench =>
    {
        bench.Robot.Objects["cup/blue"] = Workshop.At(0.8, 0.08, 0.74);
        await bench.Looks(Atom.Of("on", "cup_red", "table"));

        Assert.That(bench.Inbox.Says("located", "cup_blue"), Is.EqualTo(Truth.True));
        Assert.That(bench.Inbox.Says("on", "cup_red", "table"), Is.Null, "it may stand behind the blue one");
    });

    [Test]
    public void Absence_TheHeadDoesNotTurnThere_IsNotSaid() => Run(async bench =>
    {
        bench.HeadIsStuck = true;
        await bench.Looks(Atom.Of("on", "cup_red", "table"));

        Assert.That(bench.Inbox.Says("on", "cup_red", "table"), Is.Null);
    });

    [Test]
    public void Look_IntoThePicture_IsToldWithoutTurningTheHead() => Run(async bench =>
    {
        await bench.Looks(Atom.Of("in_view", "table"));
        Assert.That(bench.Inbox.Says("in_view", "table"), Is.EqualTo(Truth.False));

        bench.Turn(new(0.8, 0, 0.7));
        await bench.World.Seconds(0.5);
        await bench.Looks(Atom.Of("in_view", "table"));
        Assert.That(bench.Inbox.Says("in_view", "table"), Is.EqualTo(Truth.True));
        Assert.That(bench.HeadTurnedTo, Is.Empty);
    });

    [Test]
    public void Look_AFactOfTheMap_IsNotLookedFor() => Run(async bench =>
    {
        await bench.Looks(Atom.Of("serves", "table_side", "table"), Atom.Of("empty", "gripper"));

        Assert.That(bench.HeadTurnedTo, Is.Empty);
        Assert.That(bench.Took, Is.LessThan(TimeSpan.FromSeconds(0.5)));
    });

    [Test]
    public void Look_TwoAtOnce_TheHeadServesOneAfterTheOther() => Run(async bench =>
    {
        bench.Robot.Objects["cup/red"] = OnTheTable;
        bench.Robot.Objects["cup/blue"] = Workshop.At(0.8, -0.25, 0.74);
        await bench.Looks(Atom.Of("located", "cup_red"), Atom.Of("located", "cup_blue"));
        bench.Turn(new(10, 0, 1.5));
        await bench.World.Seconds(2);
        var since = Puppet.Now(bench.World).Seconds;
        bench.HeadTurnedTo.Clear();

        await Task.WhenAll(bench.Looks(since, Atom.Of("located", "cup_red")), bench.Looks(since, Atom.Of("located", "cup_blue")));

        Assert.That(bench.HeadTurnedTo, Has.Count.EqualTo(2));
        Assert.That(bench.Senses.Gate.Last(Atom.Of("located", "cup_red"), Workshop.Seconds(since)), Is.Not.Null);
        Assert.That(bench.Senses.Gate.Last(Atom.Of("located", "cup_blue"), Workshop.Seconds(since)), Is.Not.Null);
        Assert.That(bench.Senses.Gate.Awaited, Is.Empty);
    });

    [Test]
    public void Gone_FromWhereItWas_WhereItIsNowIsUnknown() => Run(async bench =>
    {
        bench.Robot.Objects["cup/red"] = OnTheTable;
        await bench.Looks(Atom.Of("on", "cup_red", "table"));
        Assert.That(bench.Inbox.Says("on", "cup_red", "table"), Is.EqualTo(Truth.True));
        bench.Robot.Objects.Clear();
        await bench.World.Seconds(2);

        Assert.That(bench.Inbox.Says("located", "cup_red"), Is.EqualTo(Truth.False));
        Assert.That(bench.Inbox.Says("on", "cup_red", "table"), Is.EqualTo(Truth.Unknown), "it may stand elsewhere on the table");
        Assert.That(bench.Inbox.Says("in", "cup_red", "bin"), Is.EqualTo(Truth.False), "that it was not in the bin is not forgotten");
    });

    [Test]
    public void Look_Ended_NobodyWaitsForFactsAnyMore() => Run(async bench =>
    {
        await bench.Looks(Atom.Of("at", "robot", "table_side"));

        Assert.That(bench.Senses.Gate.Awaited, Is.Empty);
    });

    private static void Run(Func<Bench, Task> story) => OnLoop.Run(async world =>
    {
        using var bench = new Bench(world);
        await world.Seconds(0.5);
        await story(bench);
    });

    private sealed class Bench : IDisposable
    {
        private readonly Observer observer;

        public Bench(OnLoop world)
        {
            World = world;
            Robot = new(world);
            Senses = new(world.Graph.Connect("worker"), Workshop.Profile, Workshop.Site, Workshop.Predicates, Inbox, _ => { });
            observer = new(Workshop.Site, Senses, (point, _) =>
            {
                HeadTurnedTo.Add(point);
                if (OutOfReach is { } far && (point - far).Length < 0.1) throw StepFailedException.Failed("HEAD_FAILED", "it is behind the robot");
                Turn(point);
                return Task.CompletedTask;
            });
        }

        public OnLoop World { get; }

        /// <summary>Where the head does not turn to.</summary>
        public Vec3? OutOfReach { get; set; }

        public Puppet Robot { get; }

        public Inbox Inbox { get; } = new();

        public RobotSenses Senses { get; }

        public bool HeadIsStuck { get; set; }

        public List<Vec3> HeadTurnedTo { get; } = [];

        public void Turn(Vec3 point)
        {
            if (!HeadIsStuck) Robot.LookAt(point);
        }

        public Task Looks(params Atom[] atoms)
        {
            HeadTurnedTo.Clear();
            return Looks(Puppet.Now(World).Seconds, atoms);
        }

        /// <summary>How long the last look took.</summary>
        public TimeSpan Took { get; private set; }

        public async Task Looks(double since, params Atom[] atoms)
        {
            var began = World.Loop.Elapsed;
            await observer.LookAsync(new([.. atoms], Workshop.Seconds(since), 0, TimeSpan.FromSeconds(10)), default);
            Took = World.Loop.Elapsed - began;
        }

        public void Dispose() => Senses.Dispose();
    }
}
