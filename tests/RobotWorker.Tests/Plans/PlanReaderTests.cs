using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Tests.Plans;

public sealed class PlanReaderTests
{
    [Test]
    public void Read_EveryFieldOfAStep_IsTaken()
    {
        var step = (SkillNode)Read("""
            plan: robotworker/v1
            id: all
            root:
              id: grasp
              skill: pick
              args: {object: cup1, force: 20}
              pre: [{at: [robot, kitchen]}, {empty: [gripper]}]
              hold: [{localized: [robot]}]
              post: {not: {empty: [gripper]}}
              deadline: 90s
              timeouts: {accept: 5s, progress: 1.5min, cancel: 300ms}
              retry: {attempts: 3, backoff: 2s, never: [COLLISION]}
              on_failure: {ask: "Cannot grasp the cup", options: [skip, abort]}
              undo: {skill: place, args: {object: cup1, target: source}}
              out: {pose: seen}
            """).Root;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(step.Id, Is.EqualTo("grasp"));
            Assert.That(step.Arguments, Is.EqualTo(new Dictionary<string, string> { ["force"] = "20", ["object"] = "cup1" }));
            Assert.That(step.Pre.ToString(), Is.EqualTo("at(robot, kitchen) and empty(gripper)"));
            Assert.That(step.Hold, Is.EqualTo(new Condition.Holds(Atom.Of("localized", "robot"))));
            Assert.That(step.Post.ToString(), Is.EqualTo("not empty(gripper)"));
            Assert.That(step.Deadline, Is.EqualTo(TimeSpan.FromSeconds(90)));
            Assert.That(step.Timeouts, Is.EqualTo(new StepTimeouts(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(300))));
            Assert.That(step.Retry!.Attempts, Is.EqualTo(3));
            Assert.That(step.Retry.Never, Is.EqualTo(["COLLISION"]));
            Assert.That(step.OnFailure!.Options, Is.EqualTo(["skip", "abort"]));
            Assert.That(step.Undo!.Arguments["target"], Is.EqualTo("source"));
            Assert.That(step.Out["pose"], Is.EqualTo("seen"));
            Assert.That(step.PlaceOf("args.force").ToString(), Is.EqualTo("plan.yaml:6:31"));
        }
    }

    [Test]
    public void Read_YamlAndJson_AreTheSameDocument()
    {
        var yaml = Read("""
            plan: robotworker/v1
            id: same
            root: {parallel: {success: 1, steps: [{skill: look, args: {at: table}}, {wait: {for: {empty: [gripper]}, deadline: 5s}}]}}
            """);
        var json = Read("""
            {"plan": "robotworker/v1", "id": "same", "root": {"parallel": {"success": 1, "steps": [
              {"skill": "look", "args": {"at": "table"}}, {"wait": {"for": {"empty": ["gripper"]}, "deadline": "5s"}}]}}}
            """);

        Assert.That(PlanShape.Of(json), Is.EqualTo(PlanShape.Of(yaml)));
    }

    [Test]
    public void Read_StepsWithoutIds_AreNamedAfterTheirKindWithoutTakingGivenIds()
    {
        var plan = Read("""
            plan: robotworker/v1
            id: ids
            root:
              sequence:
              - {skill: pick, args: {object: a}}
              - {id: pick_2, skill: look, args: {at: a}}
              - {skill: pick, args: {object: b}}
              - {sequence: [{skill: look, args: {at: a}}]}
            """);

        Assert.That(plan.Root.Id, Is.EqualTo("root"));
        Assert.That(plan.Root.Inner.Select(n => n.Id), Is.EqualTo(["pick", "pick_2", "pick_3", "sequence"]));
    }

    [Test]
    public void Read_Foreach_BareVariableInWhereIsTheVariable()
    {
        var each = (ForeachNode)Read("""
            plan: robotworker/v1
            id: each
            root: {foreach: {each: cup, where: {all: [{on: [cup, table]}, {not: {in: [cup, bin]}}]}, do: {skill: pick, args: {object: $cup}}}}
            """).Root;

        Assert.That((each.Variable, each.Type), Is.EqualTo(("cup", "cup")));
        Assert.That(each.Where.ToString(), Is.EqualTo("on($cup, table) and not in($cup, bin)"));
    }

    [Test]
    public void Read_Simulation_IsTakenAsWritten()
    {
        var plan = Read("""
            plan: robotworker/v1
            id: sim
            simulation: {scene: ../scenes/kitchen.yaml, faults: [../faults/a.yaml]}
            root: {skill: move_arm, args: {posture: home}}
            """);

        Assert.That(plan.Simulation!.Scene, Is.EqualTo("../scenes/kitchen.yaml"));
        Assert.That(plan.Simulation.Faults, Is.EqualTo(["../faults/a.yaml"]));
    }

    [Test]
    public void Read_SeveralMistakes_FindsAllInOnePass()
    {
        var bag = new DiagnosticBag();

        PlanReader.Read("plan: robotworker/v1\nid: 7\nlimits: {deadline: soon}\nroot: {skil: pick}\n", "plan.yaml", bag);

        Assert.That(bag.All.Select(d => d.Code), Is.EqualTo([Codes.WrongKind, Codes.NotADuration, Codes.NotAStep]));
    }

    [Test]
    public void Read_TextBeyondTheLimit_IsRefusedUnread()
    {
        var bag = new DiagnosticBag();

        var plan = PlanReader.Read(new string('#', DocumentReader.LongestText + 1), "huge.yaml", bag);

        Assert.That(plan, Is.Null);
        Assert.That(bag.All.Single().Code, Is.EqualTo(Codes.TooLarge));
    }

    [Test]
    public void Read_MoreStepsThanAllowed_IsRefusedOnce()
    {
        var bag = new DiagnosticBag();
        var text = "plan: robotworker/v1\nid: many\nroot:\n  sequence:\n" + string.Concat(Enumerable.Repeat("  - {skill: look}\n", 100_001));

        var plan = PlanReader.Read(text, "many.yaml", bag);

        Assert.That(plan, Is.Null);
        Assert.That(bag.All.Single().Code, Is.EqualTo(Codes.TooLarge));
    }

    private static Plan Read(string text)
    {
        var bag = new DiagnosticBag();
        var plan = PlanReader.Read(text, "plan.yaml", bag);
        Assert.That(bag.All, Is.Empty);
        return plan!;
    }
}
