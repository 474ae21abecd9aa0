using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Skills.Actions;

namespace RobotWorker.Tests.Skills.Actions;

public sealed class ActionCallCheckerTests
{
    [TestCase("""{skill: call_action, args: {action: /spin, type: nav2_msgs/Spin, goal: '{"target_yaw": 1.5}'}, deadline: 20s}""")]
    [TestCase("""{skill: call_action, args: {action: /spin}, deadline: 20s}""")]
    [TestCase("""{skill: call_action, args: {action: /bake, type: oven_msgs/Bake, goal: '{"minutes": 3}'}, deadline: 20s}""")]
    [TestCase("""{skill: move_arm, args: {posture: home}}""")]
    public void Check_Right_SaysNothing(string step) => Assert.That(Check(step, DefinitionFiles.None), Is.Empty);

    [TestCase("""{skill: call_action, args: {action: spin}, deadline: 20s}""", "RW0221 plan.yaml:3:43")]
    [TestCase("""{skill: call_action, args: {action: /spin, goal: fast}, deadline: 20s}""", "RW0025 plan.yaml:3:56: the goal is no JSON object")]
    [TestCase("""{skill: call_action, args: {action: /spin, goal: '[1]'}, deadline: 20s}""", "RW0025 plan.yaml:3:56: the goal is no JSON object: it is array")]
    [TestCase("""{skill: call_action, args: {action: /spin, type: nav2_msgs/Spin, goal: '{"yaw": 1.5}'}, deadline: 20s}""", "RW0025 plan.yaml:3:78: the goal does not fit nav2_msgs/Spin")]
    public void Check_Wrong_SaysWhatAndWhere(string step, string said) =>
        Assert.That(Check(step, DefinitionFiles.None), Has.Exactly(1).Items.And.All.StartsWith(said));

    [Test]
    public void Check_TypeOfAFile_HoldsTheGoalAgainstIt()
    {
        var folder = Directory.CreateTempSubdirectory("definitions ").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "oven_msgs", "action"));
        File.WriteAllText(Path.Combine(folder, "oven_msgs", "action", "Bake.action"), "float32 minutes\n---\n---\n");

        var found = Check("""{skill: call_action, args: {action: /bake, type: oven_msgs/Bake, goal: '{"hours": 3}'}, deadline: 20s}""", new([folder]));

        Directory.Delete(folder, recursive: true);
        Assert.That(found, Has.Exactly(1).Items.And.All.Contain("hours"));
    }

    [Test]
    public void Check_StepsOfSubPlansAndLoops_AreChecked()
    {
        var found = Check("""{repeat: {times: 2, do: {skill: call_action, args: {action: spin}, deadline: 20s}}}""", DefinitionFiles.None);

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("RW0221"));
    }

    private static List<string> Check(string step, DefinitionFiles files)
    {
        var bag = new DiagnosticBag();
        var plan = PlanReader.Read($"plan: robotworker/v1\nid: p\nroot: {step}\n", "plan.yaml", bag, _ => null)!;
        Assert.That(bag.All, Is.Empty);
        ActionCallChecker.Check(plan, files, RosDialect.Ros2, bag);
        return [.. bag.All.Select(d => d.ToString())];
    }
}
