using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Arm;

public sealed class SerialArmTests
{
    private static readonly double[] Bent = [0.4, -0.5, 0.6, 0.3, -0.7];

    // A board that guards the arm gets its heartbeats for as long as this says so.
    [Test]
    public void BusIsGone_TheArmIsNotAlive_AndIsAgainWhenItIsBack() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.2);
        Assert.That(rig.Arm.IsAlive);

        rig.Link.IsCut = true;
        await rig.Wait(ThreadPacer.MostStale.TotalSeconds + 0.05);
        Assert.That(rig.Arm.IsAlive, Is.False);

        rig.Link.IsCut = false;
        await rig.Wait(6);
        Assert.That(rig.Arm.IsAlive);
    });

    // Whoever asked was told that it failed: nothing comes on by itself when somebody plugs the cable in again.
    [Test]
    public void CableComesOutWhileTheTorqueComesOn_AndIsBackLater_NoServoIsSwitchedOn([Values(0, 2, 4)] int writes) => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.2);
        string? told = null;
        rig.Link.CutAfterWrites = writes;
        rig.Arm.Enable(why => told = why ?? "done");
        await rig.Wait(0.2);
        Assert.That(told, Does.Contain("the bus is gone"));

        rig.Link.IsCut = false;
        await rig.Wait(7);

        Assert.That(rig.Arm.IsLinkUp);
        Assert.That(rig.Arm.IsEnabled, Is.False);
        Assert.That(So101.Arm.Servos.Skip(1).Select(servo => rig.Servos.Register(servo.Id, StsRegisters.Torque)), Is.All.Zero);
    });

    [Test]
    public void Start_HasNoTorque_AndTellsWhereItIs() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.5);

        Assert.That(rig.Arm.IsEnabled, Is.False);
        Assert.That(rig.Joints!.Name, Is.EqualTo(["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll", "gripper"]));
        Assert.That(rig.Joints.Position.Take(5), Is.EqualTo(rig.Truth.Take(5)).Within(0.01));
        Assert.That(rig.Status("arm: controller").Message, Is.EqualTo("the torque is off"));
        Assert.That(rig.Servos.Writes, Is.Empty, "nothing was written to a servo that nobody enabled");
    }, start: [0.2, 0.3, -0.4, 0.1, 0.5, 0.2]);

    // An arm that nothing leads is led to where it is: whoever watches how far it is off, and whether it moves as it is led, finds no fault.
    [Test]
    public void Limp_IsNotToldToBeLedAnywhere() => ArmRig.Run(async rig =>
    {
        void IsLedNowhere()
        {
            Assert.That(rig.State!.Error.Positions, Has.All.EqualTo(0));
            Assert.That(rig.State.Reference.Velocities, Has.All.EqualTo(0));
        }

        await rig.Wait(0.2);
        IsLedNowhere();

        await rig.Enable();
        rig.Follow(1.5, Bent);
        await rig.Wait(0.8);
        Assert.That(rig.State!.Reference.Velocities, Has.Some.Not.EqualTo(0));
        rig.Arm.PowerLost("somebody pressed the emergency stop");
        await rig.Wait(0.5);

        IsLedNowhere();
    }, start: [0.2, 0.3, -0.4, 0.1, 0.5, 0.2]);

    [Test]
    public void Enable_MovesNothing() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.2);
        var before = rig.Truth;

        await rig.Enable();
        await rig.Wait(1);
        Assert.That(rig.Joints!.Position.Take(5), Is.EqualTo(before.Take(5)).Within(0.06));

        Assert.That(rig.Truth, Is.EqualTo(before).Within(0.06));
    }, start: [0.2, 0.3, -0.4, 0.1, 0.5, 0.2]);

    [Test]
    public void Follow_BeforeItIsEnabled_IsRejected() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.2);

        var outcome = await rig.Follow(1, Bent).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Rejected));
    });

    [Test]
    public void Follow_ThroughBytes_GetsThere() => ArmRig.Run(async rig =>
    {
        await rig.Enable();

        var outcome = await rig.Follow(1.5, Bent).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Result?.ErrorString);
        Assert.That(rig.Truth.Take(5), Is.EqualTo(Bent).Within(0.03));
        Assert.That(rig.Troubles, Is.Empty);
    });

    [Test]
    public void Idle_NothingLooksLikeAFault() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.5);
        Assert.That(Value(rig, "arm: controller", "thermal_margin"), Is.EqualTo(45).Within(2));

        await rig.Enable();
        await rig.Wait(1);
        Assert.That(Value(rig, "gripper: motor", "commanded_force"), Is.Zero, "nobody asked it to press");

        await rig.Grip(0, 10).Completion;
        await rig.Wait(1);
        Assert.That(Value(rig, "gripper: motor", "commanded_force"), Is.Zero, "it is where it was sent");
        Assert.That(Value(rig, "gripper: motor", "thermal_margin"), Is.EqualTo(45).Within(3));
    }, start: [0.9, 0.3, -0.4, 0.1, 0.5, 0.2]);

    private static double Value(ArmRig rig, string status, string key) =>
        double.Parse(rig.Status(status).Values.Single(v => v.Key == key).Value, System.Globalization.CultureInfo.InvariantCulture);

    // At 300,000 baud six answers and the goals take 8.8 ms of 10: with half a millisecond before each answer that is too much.
    [TestCase(0, false)]
    [TestCase(500, true)]
    public void ServosThatWaitBeforeTheyAnswer_AreTold_WhereACycleHasNoTimeForIt(int microseconds, bool isTold) => ArmRig.Run(async rig =>
    {
        foreach (var servo in So101.Arm.Servos) rig.Servos.Preset(servo.Id, StsRegisters.ReturnDelay, microseconds / 2);

        await rig.Wait(0.5);

        Assert.That(rig.Troubles, isTold ? Has.One.Contains("the servos wait up to 500 us before they answer, so that a cycle keeps the wire busy for 11.8 ms, longer than the period of 10.0 ms") : Is.Empty);
    }, description: So101.Arm with { Bus = So101.Arm.Bus with { Baud = 300_000 } });

    [Test]
    public void Goals_AreNeverFartherAheadThanTheBusAllows() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        rig.Servos.ClearWrites();
        _ = rig.Follow(1.5, Bent);
        var farthest = 0.0;
        for (var i = 0; i < 100; i++)
        {
            await rig.Wait(0.01);
            for (var j = 0; j < 5; j++)
            {
                var goal = (rig.Servos.Register((byte)(j + 1), StsRegisters.GoalPosition) - 2048) * Math.Tau / 4096;
                farthest = Math.Max(farthest, Math.Abs(goal - rig.Truth[j]));
            }
        }

        Assert.That(farthest, Is.InRange(0.005, 0.22));
    });

    [Test]
    public void Stalled_TheServosStandTwoPeriodsLater() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        _ = rig.Follow(2, [1.2, 0, 0, 0, 0]);
        await rig.Wait(0.9);
        var fast = rig.Plant.Velocities[0];
        rig.Link.IsCut = true;
        await rig.Wait(0.15);
        var stands = rig.Truth[0];
        await rig.Wait(1);

        Assert.That(fast, Is.GreaterThan(0.5), "it moved");
        Assert.That(rig.Truth[0], Is.EqualTo(stands).Within(0.03), "without the host it goes nowhere");
        Assert.That(rig.Truth[0], Is.LessThan(1));
    });

    [Test]
    public void CablePulledAndPluggedIn_IsHeardAgain_AndHoldsOnlyWhenEnabled() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        var goal = rig.Follow(2, [1, 0, 0, 0, 0]);
        await rig.Wait(0.8);

        rig.Link.IsCut = true;
        var outcome = await goal.Completion;
        Assert.That(outcome.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(rig.Arm.IsLinkUp, Is.False);
        await rig.Until(() => rig.Diagnostics is not null && rig.Status("arm: controller").Level == DiagnosticStatus.STALE);

        rig.Link.IsCut = false;
        await rig.Until(() => rig.Arm.IsLinkUp);
        var there = rig.Truth[0];
        await rig.Wait(1);
        Assert.That(rig.Arm.IsEnabled, Is.False, "nothing goes on by itself");
        Assert.That(rig.Truth[0], Is.EqualTo(there).Within(0.05));

        await rig.Enable();
        Assert.That((await rig.Follow(1.5, Bent).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void Cancel_BrakesAndHolds() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        var goal = rig.Follow(2, [1.2, 0, 0, 0, 0]);
        await rig.Wait(1);

        goal.Cancel();
        var outcome = await goal.Completion;
        var rest = rig.Truth[0];
        await rig.Wait(1);

        Assert.That(outcome.State, Is.EqualTo(GoalState.Canceled));
        Assert.That(rig.Truth[0], Is.EqualTo(rest).Within(0.03));
    });

    [Test]
    public void ProtectiveStop_EndsTheGoal_AndRefusesOthersUntilReleased() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        var goal = rig.Follow(2, [1.2, 0, 0, 0, 0]);
        await rig.Wait(0.8);

        Assert.That((await rig.Call("/protective_stop")).Success);
        Assert.That((await goal.Completion).State, Is.EqualTo(GoalState.Aborted));
        Assert.That((await rig.Follow(1, Bent).Completion).State, Is.EqualTo(GoalState.Rejected));
        await rig.Wait(0.5);
        Assert.That(rig.Arm.IsEnabled, "it holds, it does not go limp");

        await rig.Call("/protective_stop_release");
        Assert.That((await rig.Follow(2, Bent).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    // Its file lets the first joint go farther than its mechanics do: there it is held up.
    [TestCase(true)]
    [TestCase(false)]
    public void HeldUp_DoesNotPushOnOnceItsGoalHasEnded(bool isCanceled) => ArmRig.Run(async rig =>
    {
        var end = So101.Arm.Joints[0].Servo.MaxRadians;
        await rig.Enable();
        var goal = rig.Follow(1.5, end + 0.2, 0, 0, 0, 0);
        await rig.Until(() => rig.State!.Error.Positions[0] > 0.15);
        if (isCanceled) goal.Cancel();
        await goal.Completion;
        await rig.Wait(1);

        Assert.That(rig.State!.Error.Positions[0], Is.EqualTo(0).Within(0.03));
        Assert.That(rig.Truth[0], Is.EqualTo(end).Within(0.03));
        Assert.That(rig.State.Reference.Positions.Skip(1), Is.EqualTo(new double[4]).Within(1e-9), "the others are held where they were led");
    }, description: So101.Arm with { Joints = So101.Arm.Joints.SetItem(0, So101.Arm.Joints[0] with { Servo = So101.Arm.Joints[0].Servo with { MaxCounts = So101.Arm.Joints[0].Servo.MaxCounts + 300 } }) });

    [Test]
    public void Stream_GoesAfterTheTopic_AndStopsWithoutIt() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        var commands = rig.Client.Advertise<Float64MultiArray>("/arm_controller/commands");
        for (var i = 0; i < 50; i++)
        {
            commands.Publish(new() { Data = [0.01 * i, 0, 0, 0, 0] });
            await rig.Wait(0.02);
        }

        Assert.That(rig.Truth[0], Is.EqualTo(0.49).Within(0.08));
        await rig.Wait(0.5);
        var there = rig.Truth[0];
        await rig.Wait(1);
        Assert.That(rig.Truth[0], Is.EqualTo(there).Within(0.01));
    });

    [Test]
    public void BrownOutOfAServo_IsSeen_AndTheArmAsksNothingMore() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        var goal = rig.Follow(3, [1.2, 0, 0, 0, 0]);
        await rig.Wait(1);

        rig.Servos.BrownOut(2);
        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(outcome.Result!.ErrorString, Does.Contain("shoulder_lift does not answer"));
        await rig.Until(() => !rig.Arm.IsEnabled, 2);
        await rig.Wait(2);
        Assert.That(rig.Arm.IsEnabled, Is.False, "it was there again, and nobody asked for its torque");
    });

    [Test]
    public void Stop_EndsGoals_AndTorqueAskedForTakesThemAgain() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        var goal = rig.Follow(2, [1.2, 0, 0, 0, 0]);
        await rig.Wait(0.8);

        rig.Arm.Stop("the emergency stop was pressed");
        Assert.That((await goal.Completion).State, Is.EqualTo(GoalState.Aborted));
        await rig.Wait(0.3);
        var stands = rig.Truth[0];
        await rig.Wait(1);
        Assert.That(rig.Truth[0], Is.EqualTo(stands).Within(0.02));
        await rig.Call("/protective_stop_release");
        Assert.That((await rig.Follow(1, Bent).Completion).State, Is.EqualTo(GoalState.Rejected));

        await rig.Enable();
        Assert.That((await rig.Follow(2, Bent).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void Disable_LetsAllGo_AlsoRightAfterEnable() => ArmRig.Run(async rig =>
    {
        var told = new List<string?>();
        await rig.Wait(0.2);
        rig.Arm.Enable(told.Add);
        rig.Arm.Disable(told.Add);
        await rig.Wait(1);

        Assert.That(rig.Arm.IsEnabled, Is.False);
        Assert.That(told, Is.EqualTo(new string?[] { "the torque was switched off", null }));
        Assert.That(So101.Arm.Servos.Select(servo => rig.Servos.Register(servo.Id, StsRegisters.Torque)), Has.All.EqualTo(0));
    });

    [Test]
    public void Disable_WhileTheCableIsOut_IsDoneWhenItIsBack() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        rig.Link.IsCut = true;
        await rig.Wait(0.3);
        string? told = "not yet";
        rig.Arm.Disable(why => told = why);
        await rig.Wait(0.5);
        Assert.That(told, Is.EqualTo("not yet"));

        rig.Link.IsCut = false;
        await rig.Until(() => told is null);
        Assert.That(rig.Servos.Register(1, StsRegisters.Torque), Is.Zero);
    });

    [Test]
    public void Enable_NobodyAnswers_IsGivenUpAndSaid() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.2);
        rig.Servos.SupplyVolts = 0;
        string? told = null;
        rig.Arm.Enable(why => told = why);
        await rig.Until(() => told is not null, 8);

        Assert.That(rig.Arm.IsEnabled, Is.False);
    });

    [Test]
    public void SameRunTwice_SameAngles()
    {
        double[] Once()
        {
            double[] end = [];
            ArmRig.Run(async rig =>
            {
                await rig.Enable();
                await rig.Follow(1.5, Bent).Completion;
                end = rig.Truth;
            });
            return end;
        }

        var first = Once();
        Assert.That(Once(), Is.EqualTo(first));
    }
}
