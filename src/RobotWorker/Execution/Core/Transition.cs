using System.Collections.Immutable;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>
/// One state on its way to the next: a draft that the parts of the core work on, seen by nobody outside. What it holds is immutable; only
/// which version it holds changes.
/// </summary>
internal sealed class Transition
{
    private readonly PlanState before;
    private ImmutableArray<Command> commands = [];
    private int requests;
    private long timerSequence;

    public Transition(PlanState before, Event happened)
    {
        this.before = before;
        At = happened.At;
        Now = happened.Now;
        requests = before.Requests;
        timerSequence = before.TimerSequence;
        World = before.World;
        Nodes = new(before.Nodes);
        Active = before.Active;
        Queued = before.Queued;
        Flights = before.Flights;
        Resources = before.Resources;
        Outputs = before.Outputs;
        Faults = before.Faults;
        FaultLog = before.FaultLog;
        Recoveries = before.Recoveries;
        FaultCosts = before.FaultCosts;
        Halt = before.Halt;
        GoalCheck = before.GoalCheck;
        Timers = before.Timers;
        Open = before.Open;
        Armed = before.Armed;
        PauseAsked = before.PauseAsked;
        (LinkDown, TakenOver) = (before.LinkDown, before.TakenOver);
        (Mode, ModeBy, RobotMode, OurMode) = (before.Mode, before.ModeBy, before.RobotMode, before.OurMode);
        Breakers = before.Breakers;
        (Park, Parking) = (before.Park, before.Parking);
        Plan = before.Plan;
        Ending = before.Ending;
        Ended = before.Ended;
    }

    /// <summary>The state that it comes from.</summary>
    public PlanState Before => before;

    public TimeSpan At { get; }

    public RobotTime Now { get; }

    public WorkerSetup Setup => before.Setup;

    public ExecutionOptions Options => before.Setup.Options;

    public Plan Plan { get; set; }

    public string Episode => before.Episode;

    public WorldModel World { get; set; }

    public NodeDraft Nodes { get; }

    public ImmutableSortedSet<int> Active { get; set; }

    public ImmutableSortedSet<int> Queued { get; set; }

    public ImmutableSortedDictionary<int, int> Flights { get; set; }

    public ImmutableSortedDictionary<string, int> Resources { get; set; }

    public ImmutableSortedDictionary<string, string> Outputs { get; set; }

    public ImmutableSortedDictionary<string, Fault> Faults { get; set; }

    public Vector<Fault> FaultLog { get; set; }

    public Vector<RecoveryEntry> Recoveries { get; set; }

    public ImmutableSortedDictionary<string, int> FaultCosts { get; set; }

    public Halt? Halt { get; set; }

    public GoalCheck GoalCheck { get; set; }

    public ImmutableSortedSet<TimerEntry> Timers { get; set; }

    public ImmutableSortedDictionary<int, OpenRequest> Open { get; set; }

    public TimeSpan? Armed { get; set; }

    public bool PauseAsked { get; set; }

    public bool LinkDown { get; set; }

    public TimeSpan? TakenOver { get; set; }

    public OperatingMode Mode { get; set; }

    public string ModeBy { get; set; }

    public OperatingMode RobotMode { get; set; }

    public OperatingMode OurMode { get; set; }

    public ImmutableSortedDictionary<string, Breaker> Breakers { get; set; }

    public Plan? Park { get; set; }

    public Ending? Parking { get; set; }

    public Ending? Ending { get; set; }

    public Ending? Ended { get; set; }

    /// <summary>Control nodes that must be judged anew, in the order in which something of theirs changed.</summary>
    public Queue<int> Agenda { get; } = [];

    /// <summary>Something below a node that ended was dropped: what is on the agenda may be below it, too.</summary>
    public bool Dropped { get; set; }

    /// <summary>Something changed that queued steps may have waited for.</summary>
    public bool TryStart { get; set; }

    public StepState Step(int number) => (StepState)Nodes[number];

    public NodeState Put(NodeState node)
    {
        Nodes.Put(node);
        return node;
    }

    public void Do(Command command) => commands = commands.Add(command);

    public int NewRequest() => ++requests;

    /// <summary>Sets a timer; the entry is the key to take it back.</summary>
    public TimerEntry In(TimeSpan wait, TimerKind kind, int subject)
    {
        var entry = new TimerEntry(At + wait, ++timerSequence, kind, subject);
        Timers = Timers.Add(entry);
        return entry;
    }

    public void TakeBack(TimerEntry? timer)
    {
        if (timer is not null) Timers = Timers.Remove(timer);
    }

    public (PlanState State, ImmutableArray<Command> Commands) Done() => (
        before with
        {
            At = At, Now = Now, World = World, Nodes = Nodes.ToVector(), Active = Active, Queued = Queued, Flights = Flights, Resources = Resources,
            Outputs = Outputs, Faults = Faults, FaultLog = FaultLog, Recoveries = Recoveries, FaultCosts = FaultCosts, Halt = Halt,
            GoalCheck = GoalCheck, Timers = Timers, Open = Open, Armed = Armed, Requests = requests, TimerSequence = timerSequence,
            PauseAsked = PauseAsked, LinkDown = LinkDown, TakenOver = TakenOver, Mode = Mode, ModeBy = ModeBy, RobotMode = RobotMode, OurMode = OurMode, Breakers = Breakers, Park = Park, Parking = Parking, Plan = Plan,
            Ending = Ending, Ended = Ended,
        },
        commands);
}
