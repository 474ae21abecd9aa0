using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Generation.Parity;

/// <summary>Goes through an episode's events and steps in order, and keeps what a comparison needs of them.</summary>
internal sealed class PhaseCollector
{
    private const string ToAccept = "goal sent to accepted", ToProgress = "goal sent to first progress";

    private readonly List<OpenPhase> phases = [];
    private readonly Dictionary<string, TimeSpan> sent = new(StringComparer.Ordinal);
    private readonly HashSet<string> progressed = new(StringComparer.Ordinal);
    private readonly List<double> accepted = [], moved = [];

    /// <summary>What was believed after the last event.</summary>
    public WorldModel World { get; private set; } = WorldModel.Empty(SkillCatalogueReader.BuiltIn.Predicates);

    public ImmutableArray<RecordedPhase> Phases => [.. phases.Select(p => new RecordedPhase(p.Path, p.Last.Skill, p.Last.State, p.Last.Attempts, [.. p.Marks], p.Truths))];

    // By the worker's own clock, which is finer than one that is told a hundred times a second.
    public ImmutableArray<LatencySeries> Latencies => [new(ToAccept, [.. accepted]), new(ToProgress, [.. moved])];

    public void Take(Event happened, RobotTime at)
    {
        switch (happened)
        {
            case Event.FactObserved { Fact: var fact }: World = World.With(fact); break;
            case Event.GoalChanged { Note: var note }: Take(note, happened.At, at); break;
            default: break;    // it shows in the steps
        }
    }

    public void Take(StepReport step, RobotTime at)
    {
        if (step.State == StepStatus.Waiting) return;
        var phase = phases.Find(p => p.Path == step.Id);
        if (phase is null) phases.Add(phase = new(step.Id, step, at));
        if (phase.Last.State != step.State) phase.Marks.Add(new(step.State.ToString(), at));
        phase.Last = step;
        phase.Truths = TruthsAt(at);
    }

    /// <summary>What is known, by atom; of what stays as it is for good nothing is to be learnt.</summary>
    public ImmutableSortedDictionary<string, Truth> TruthsAt(RobotTime at)
    {
        var predicates = World.Predicates.ByName;
        return World.Facts.Keys.Where(atom => predicates[atom.Predicate].ChangedBy != ChangedBy.Nobody)
            .Select(atom => KeyValuePair.Create(atom.ToString(), World.Find(atom, at)?.Value ?? Truth.Unknown)).Where(known => known.Value != Truth.Unknown)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private void Take(GoalNote note, TimeSpan worker, RobotTime at)
    {
        if (note.Stage is GoalStage.Sent or GoalStage.Ended) phases.Find(p => p.Path == note.Path)?.Marks.Add(new($"{note.Stage} {note.Action}", at));
        if (note.Stage == GoalStage.Sent) sent[note.Goal] = worker;
        if (!sent.TryGetValue(note.Goal, out var begun)) return;
        if (note.Stage == GoalStage.Accepted) accepted.Add((worker - begun).TotalSeconds);
        if (note.Stage == GoalStage.Progressed && progressed.Add(note.Goal)) moved.Add((worker - begun).TotalSeconds);
    }

    private sealed class OpenPhase(string path, StepReport step, RobotTime began)
    {
        public string Path { get; } = path;

        public StepReport Last { get; set; } = step;

        public List<PhaseMark> Marks { get; } = [new("begun", began)];

        public ImmutableSortedDictionary<string, Truth> Truths { get; set; } = ImmutableSortedDictionary<string, Truth>.Empty;
    }
}
