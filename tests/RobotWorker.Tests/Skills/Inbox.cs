using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills;

/// <summary>Keeps what the senses and skills tell the worker.</summary>
internal sealed class Inbox : IWorkerInbox
{
    public List<Fact> Facts { get; } = [];

    public List<GoalNote> Notes { get; } = [];

    public List<(OperatingMode Mode, string By)> Modes { get; } = [];

    /// <summary>That the link was lost and came back, in order.</summary>
    public List<string> Links { get; } = [];

    /// <summary>What was last said of an atom; null when nothing was.</summary>
    public Truth? Says(string predicate, params string[] names) => Facts.FindLast(f => f.Atom.Equals(Atom.Of(predicate, names)))?.Value;

    public void FactObserved(Fact fact) => Facts.Add(fact);

    public void GoalChanged(GoalNote note) => Notes.Add(note);

    public void FaultConfirmed(Fault fault) => Assert.Fail($"no fault was expected: {fault}");

    public void FaultHealed(Fault fault) => Assert.Fail($"no fault was expected: {fault}");

    public void ModeChanged(OperatingMode mode, string by, bool ofRobot = false) => Modes.Add((mode, by));

    public void LinkLost() => Links.Add("lost");

    public void LinkBack() => Links.Add("back");
}
