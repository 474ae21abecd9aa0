using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdMsgs;

namespace RobotWorker.Tests.Sim.Node;

/// <summary>Targets that are streamed on topics, beside actions and stops.</summary>
public sealed class ForwardCommandTests
{
    [Test]
    public void Arm_GoesWhereItIsStreamed_AndHoldsWhenNothingComesAnyMore() => Rig.Run(async rig =>
    {
        var from = await Heard(rig);
        double[] to = [.. from];
        to[0] += 0.3;
        await Stream(rig, "/arm_controller/commands", from, to, seconds: 0.6);
        await rig.Wait(1);

        Assert.That(rig.Arm, Is.EqualTo(to).Within(0.005));
    });

    [Test]
    public void Arm_StreamThatBreaksOff_ComesToRestWithinTheWatchdog() => Rig.Run(async rig =>
    {
        var from = await Heard(rig);
        double[] far = [.. from];
        far[0] += 2;
        var arm = rig.Client.Advertise<Float64MultiArray>("/arm_controller/commands");
        arm.Publish(Of(far));
        await rig.Wait(0.1);
        Assert.That(Math.Abs(rig.Joints.Velocity[0]), Is.GreaterThan(0.5), "it goes after the one target that came");
        await rig.Wait(1);

        // 0.2 s at 1.8 rad/s, and braking at 4 rad/s².
        Assert.That(rig.Arm[0] - from[0], Is.EqualTo(0.77).Within(0.1));
        Assert.That(Math.Abs(rig.Joints.Velocity[0]), Is.LessThan(0.01));
    });

    [Test]
    public void Arm_WhileAGoalRuns_TakesNoCommands_AndAGoalTakesAStreamOver() => Rig.Run(async rig =>
    {
        var from = await Heard(rig);
        double[] up = [.. from], aside = [.. from];
        up[3] += 0.3;
        aside[0] += 0.5;
        var streaming = Stream(rig, "/arm_controller/commands", from, aside, seconds: 2);
        await rig.Wait(0.5);
        Assert.That(rig.Arm[0], Is.GreaterThan(from[0] + 0.05), "the stream has the arm");

        var end = await rig.Follow(up, 1).Completion;
        Assert.That(end.State, Is.EqualTo(GoalState.Succeeded), end.Detail);
        Assert.That(rig.Arm, Is.EqualTo(up).Within(0.02), "what was streamed meanwhile was dropped");
        await streaming;
    });

    [Test]
    public void WhileTheProtectiveStopHolds_NothingStreamedMoves_NorAfterItsRelease() => Rig.Run(async rig =>
    {
        var from = await Heard(rig);
        double[] to = [.. from];
        to[0] += 0.3;
        await rig.Call("/protective_stop");
        await Stream(rig, "/arm_controller/commands", from, to, seconds: 0.5);
        await Stream(rig, "/gripper_controller/commands", [0.085], [0.02], seconds: 0.3);
        await Stream(rig, "/head_controller/commands", [0, 0], [0.3, 0.3], seconds: 0.3);
        Assert.That(rig.Arm, Is.EqualTo(from).Within(0.005));
        Assert.That(rig.Width, Is.GreaterThan(0.08));
        Assert.That(rig.Joints.Position[8], Is.EqualTo(0).Within(0.01));

        await rig.Call("/protective_stop_release");
        await rig.Wait(0.5);
        Assert.That(rig.Arm, Is.EqualTo(from).Within(0.005), "nothing moves until it is asked to");
        await Stream(rig, "/arm_controller/commands", from, to, seconds: 0.6);
        Assert.That(rig.Arm[0], Is.EqualTo(to[0]).Within(0.02));
    });

    [Test]
    public void GripperAndHead_GoWhereTheyAreStreamed() => Rig.Run(async rig =>
    {
        await Heard(rig);
        var gripping = Stream(rig, "/gripper_controller/commands", [0.085, 20], [0.03, 20], seconds: 1);
        await Stream(rig, "/head_controller/commands", [0, 0], [0.4, 0.2], seconds: 1);
        await gripping;
        await rig.Wait(0.5);

        Assert.That(rig.Width, Is.EqualTo(0.03).Within(0.001));
        Assert.That(rig.World.Gripper.CommandedForce, Is.EqualTo(20));
        Assert.That(rig.Joints.Position.Skip(8).Take(2), Is.EqualTo([0.4, 0.2]).Within(0.01));
    });

    [Test]
    public void CommandOfAnotherShape_IsDropped() => Rig.Run(async rig =>
    {
        await Heard(rig);
        var before = rig.Joints.Position;
        foreach (var (topic, numbers) in new (string, double[])[]
        {
            ("/arm_controller/commands", [0.1, 0.2]), ("/arm_controller/commands", [double.NaN, 0, 0, -1, 0, 1, 0]), ("/gripper_controller/commands", [0.02, -5]),
            ("/gripper_controller/commands", []), ("/head_controller/commands", [0.1, 0.1, 0.1]),
        })
            rig.Client.Advertise<Float64MultiArray>(topic).Publish(Of(numbers));
        await rig.Wait(0.5);

        Assert.That(rig.Joints.Position, Is.EqualTo(before).Within(0.002));
    });

    private static async Task<double[]> Heard(Rig rig)
    {
        await rig.Wait(0.3);
        return rig.Arm;
    }

    /// <summary>A hundred a second on the straight line.</summary>
    private static async Task Stream(Rig rig, string topic, double[] from, double[] to, double seconds)
    {
        using var publisher = rig.Client.Advertise<Float64MultiArray>(topic);
        var steps = (int)(100 * seconds);
        for (var step = 1; step <= steps; step++)
        {
            publisher.Publish(Of([.. from.Zip(to, (a, b) => a + ((b - a) * step / steps))]));
            await rig.Wait(0.01);
        }
    }

    private static Float64MultiArray Of(double[] numbers) => new() { Data = [.. numbers] };
}
