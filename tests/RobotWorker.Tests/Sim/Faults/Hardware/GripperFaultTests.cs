using RobotWorker.Ros.Actions;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

public sealed class GripperFaultTests
{
    [Test]
    public void ForceLow_WhileItHolds_TheCupSlips_AndDemandStaysWithoutEffect() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await ArmAndGripperTests.GripInTheAir(rig, "cup_red", 40);
        await rig.Wait(0.2);
        Assert.That(ear["gripper.measured_force"], Is.EqualTo(40).Within(6));

        rig.Break("GRIPPER_FORCE_LOW", seconds: 1);
        await rig.Wait(0.5);

        Assert.That(ear["gripper.commanded_force"], Is.GreaterThan(15));
        Assert.That(ear["gripper.measured_force"], Is.LessThan(5));
        Assert.That(rig.World.ObjectPose("cup_red").Position.Z, Is.LessThan(rig.World.LinkPose("tool0").Position.Z - 0.05));
        await rig.Wait(1.5);
        Assert.That(ear["gripper.measured_force"], Is.EqualTo(40).Within(6), "whole again, the fingers press on each other");
    });

    [Test]
    public void ControllerDown_ItsGoalIsLost_WhatItHoldsIsKept_AndTheOneThatComesBackGrips() => Rig.Run(async rig =>
    {
        await ArmAndGripperTests.GripInTheAir(rig, "cup_red", 40);
        var ear = new Ear(rig);
        rig.Break("GRIPPER_CONTROLLER_DOWN", seconds: 1);
        await rig.Wait(0.5);

        Assert.That((await rig.Grip(0.08, 30).Completion).State, Is.Not.EqualTo(GoalState.Succeeded), "nobody is there");
        Assert.That(ear["gripper.measured_force"], Is.GreaterThan(20));

        await rig.Wait(0.7);
        var closing = rig.Grip(0.08, 30);
        await rig.Wait(0.1);
        rig.Break("GRIPPER_CONTROLLER_DOWN", seconds: 1);
        Assert.That((await closing.Completion).State, Is.EqualTo(GoalState.Unknown));
        await rig.Wait(0.3);
        Assert.That(Math.Abs(ear["gripper.speed"]), Is.LessThan(0.005), "the fingers stand");
        await rig.Wait(1);
        Assert.That((await rig.Grip(0.08, 30).Completion).State, Is.EqualTo(GoalState.Succeeded), "it ends");
    });

    [Test]
    public void Jammed_AskedToClose_TheFingersStay_AndTheMotorPushesInVain() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        rig.Break("GRIPPER_JAMMED");
        await rig.Wait(0.1);
        var before = rig.World.Gripper.Width;

        var outcome = await rig.Grip(0.02, 30).Completion;

        Assert.That(outcome.Result!.ReachedGoal, Is.False);
        Assert.That(rig.World.Gripper.Width, Is.EqualTo(before).Within(0.001));
        await rig.Wait(0.1);
        Assert.That(ear["gripper.commanded_force"], Is.GreaterThan(20));
        Assert.That(ear["gripper.measured_force"], Is.LessThan(1));
        Assert.That(ear["gripper.width"] - ear["gripper.commanded_width"], Is.GreaterThan(0.05));

        rig.Repair();
        Assert.That((await rig.Grip(0.02, 30).Completion).Result!.ReachedGoal, "it ends");
    });

    [Test]
    public void Hot_HeatsUpWithTheMotorsTimeConstant_ThenTheForceFades() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Grip(0, 60).Completion;
        await rig.Wait(0.5);
        Assert.That(ear["gripper.measured_force"], Is.EqualTo(60).Within(3));
        var cold = ear["gripper.temperature"];

        rig.Break("GRIPPER_HOT", null, ("temperature", 110));
        await rig.Wait(8);
        Assert.That(ear["gripper.temperature"], Is.EqualTo(110 - ((110 - cold) / Math.E)).Within(2), "a time constant later");
        Assert.That(ear["gripper.measured_force"], Is.EqualTo(60).Within(3));
        await rig.Wait(12);

        Assert.That(ear["gripper.temperature"], Is.InRange(98, 106));
        Assert.That(ear["gripper.measured_force"], Is.LessThan(15));
        rig.Repair();
        await rig.Wait(8);
        Assert.That(ear["gripper.temperature"], Is.InRange(60, 88), "it cools down as slowly");
        Assert.That(ear["gripper.measured_force"], Is.EqualTo(60).Within(3));
    });
}
