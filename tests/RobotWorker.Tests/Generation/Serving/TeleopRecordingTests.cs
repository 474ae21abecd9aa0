using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Tools;
using RobotWorker.Generation.Serving;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Serving;

/// <summary>An arm of emulated servos that is led, and the set that its recording becomes.</summary>
public sealed class TeleopRecordingTests
{
    private const int Rate = 30;

    private readonly string folder = Directory.CreateTempSubdirectory("teleop").FullName;

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task WhatAnArmWasLedToDo_IsASetThatTheCheckFindsNothingWrongWith()
    {
        var set = Path.Combine(folder, "set");
        var recording = Lead(seconds: 3);
        var episode = recording.Episode("wave", "1.0")!;

        await new DatasetWriter(recording.Layout, "set").WriteAsync(set, [episode], CancellationToken.None);

        Assert.That(DatasetCheck.Run(set, default), Is.Empty);
        Assert.That(episode.Length, Is.InRange((3 * Rate) - 3, 3 * Rate));
        Assert.That(recording.Layout.Features[1].Names, Is.EqualTo(["shoulder_pan.rad", "shoulder_lift.rad", "elbow_flex.rad", "wrist_flex.rad", "wrist_roll.rad", "gripper.m"]));
    }

    // The action is what brings the next observation about: it leads where the arm is a frame later, not where it is.
    [Test]
    public void Action_IsWhereTheArmIsSent_AFrameAheadOfWhereItWas()
    {
        var episode = Lead(seconds: 3).Episode("wave", "1.0")!;
        var (state, action) = (Pan("observation.state"), Pan("action"));

        var rising = Enumerable.Range(20, 40).ToList();
        Assert.That(rising.Select(i => action[i] - state[i]), Is.All.GreaterThan(0), "it is led on");
        Assert.That(rising.Average(i => Math.Abs(action[i] - state[i + 1])), Is.LessThan(rising.Average(i => Math.Abs(action[i] - state[i]))));

        double[] Pan(string key) => [.. episode.Columns[key].Chunk(6).Select(row => row[0])];
    }

    [Test]
    public void Episode_OfOneFrame_IsNone() => Assert.That(Lead(seconds: 0.02).Episode("wave", "1.0"), Is.Null);

    /// <summary>The shoulder is turned by half a radian a second.</summary>
    private static TeleopRecording Lead(double seconds)
    {
        var arm = So101.Arm;
        var servos = EmulatedArm.Of(arm).Servos;
        var recording = new TeleopRecording(arm, Rate);
        var waits = 0;
        var session = new ArmSession(ArmBuses.Over(new MemoryLink("memory", servos, arm.Bus.Baud), arm, TimeProvider.System), arm, _ =>
        {
            servos.Advance(arm.PeriodSeconds);
            return ++waits * arm.PeriodSeconds >= seconds;
        });
        session.Enable();
        session.Follow(() => [0.5 * waits * arm.PeriodSeconds, 0, 0, 0, 0, 1], (goals, were) => recording.Take(TimeSpan.FromSeconds(waits * arm.PeriodSeconds), goals, were));
        return recording;
    }
}
