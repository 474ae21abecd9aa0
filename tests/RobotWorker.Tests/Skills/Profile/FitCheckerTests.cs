using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Tests.Skills.Profile;

/// <summary>Whether the robot of a profile has what a plan needs. That pick needs a gripper stands on the page of RW0045.</summary>
public sealed class FitCheckerTests
{
    private static readonly RobotProfile Cart = Workshop.Profile with { Names = RosNames.Standard with { Gripper = "", PointHead = "" } };

    [TestCase("root: {skill: navigate_to, args: {place: hall}}", null)]
    [TestCase("root: {skill: gripper, args: {width: 0.02}}", "plan.yaml:3:15: 'gripper' needs the action 'gripper'")]
    [TestCase("root: {if: {condition: {empty: [gripper]}, then: {skill: look, args: {at: table}}}}", "plan.yaml:3:58: 'look' needs the action 'look'")]
    [TestCase("root: {skill: navigate_to, args: {place: hall}, undo: {skill: gripper, args: {width: 0.02}}}", "plan.yaml:3:63: 'gripper' needs the action 'gripper'")]
    [TestCase("plans: {see: {root: {skill: look, args: {at: table}}}}\nroot: {call: {plan: see}}", "plan.yaml:3:29: 'look' needs the action 'look'")]
    [TestCase("root: {skill: move_arm, args: {posture: wave}}", "plan.yaml:3:41: the robot 'test-arm' has no posture 'wave'")]
    [TestCase("root: {skill: call_action, args: {action: /anything}, deadline: 5s}", null)]
    public void Check_AStep_IsRefusedWhereTheRobotLacksWhatItNeeds(string steps, string? said)
    {
        var bag = new DiagnosticBag();
        var plan = PlanReader.Read($"plan: robotworker/v1\nid: fit\n{steps}\n", "plan.yaml", bag)!;

        FitChecker.Check(plan, Cart with { Name = "test-arm" }, bag);

        Assert.That(bag.All.Select(d => d.ToString()), said is null ? Is.Empty : Has.One.Items.And.All.StartsWith($"RW0045 {said}"));
    }
}
