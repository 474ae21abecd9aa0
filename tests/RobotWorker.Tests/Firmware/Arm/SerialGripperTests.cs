using RobotWorker.Firmware.Feetech;
using RobotWorker.Ros.Actions;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>The gripper of an arm on a servo bus, through bytes.</summary>
public sealed class SerialGripperTests
{
    [Test]
    public void OpensAndCloses() => ArmRig.Run(async rig =>
    {
        await rig.Enable();

        var open = await rig.Grip(0.08, 10).Completion;
        Assert.That(open.State, Is.EqualTo(GoalState.Succeeded));
        Assert.That(open.Result!.ReachedGoal);
        Assert.That(rig.Arm.GripperWidth, Is.EqualTo(0.08).Within(0.003));

        var closed = await rig.Grip(0.01, 10).Completion;
        Assert.That(closed.Result!.Position, Is.EqualTo(0.01).Within(0.003));
    });

    [Test]
    public void ProtectiveStop_WhileTheGripperCloses_StopsItToo() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        await rig.Grip(0.09, 10).Completion;
        _ = rig.Grip(0, 10);
        await rig.Wait(0.1);

        await rig.Call("/protective_stop");
        var width = rig.Arm.GripperWidth;
        await rig.Wait(1);
        Assert.That(rig.Arm.GripperWidth, Is.EqualTo(width).Within(0.01));
    });

    [Test]
    public void AfterItsTorqueWasOff_StaysWhereItIs_UntilItIsAsked([Values] bool isStoppedMeanwhile) => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        await rig.Grip(0.08, 5).Completion;
        rig.Arm.Disable();
        await rig.Wait(0.3);
        if (isStoppedMeanwhile) Assert.That((await rig.Call("/protective_stop")).Success);
        rig.Plant.Place(5, 0.5);
        await rig.Wait(0.3);
        var width = rig.Arm.GripperWidth;

        await rig.Enable();
        await rig.Wait(1);
        Assert.That(rig.Arm.GripperWidth, Is.EqualTo(width).Within(0.005), "the old goal does not come back");

        if (isStoppedMeanwhile) Assert.That((await rig.Call("/protective_stop_release")).Success);
        Assert.That((await rig.Grip(0.08, 5).Completion).Result!.ReachedGoal);
        Assert.That(rig.Servos.Register(6, StsRegisters.TorqueLimit), Is.EqualTo(250).Within(2), "5 N of 20");
    });
}
