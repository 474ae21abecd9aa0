using RobotWorker.Faults;
using RobotWorker.Skills.Senses;
using RobotWorker.Time;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class GoalSenseTests
{
    private readonly List<Sample> told = [];
    private double seconds;
    private GoalSense sense = null!;

    [SetUp]
    public void Begin()
    {
        told.Clear();
        seconds = 0;
        sense = new(told.Add, () => RobotTime.FromSeconds(seconds));
    }

    [Test]
    public void AnActionThatNobodyOffered_IsNotMissed_OneThatIsGoneIs()
    {
        sense.Served("arm", isServed: false);
        sense.Served("base", isServed: true);
        seconds = 0.1;
        sense.Served("base", isServed: true);
        sense.Served("base", isServed: false);

        Assert.That(told, Is.EqualTo([Of("navigation.served", 1, 0), Of("navigation.served", 0, 0.1)]));
    }

    [Test]
    public void WhatHasNotChanged_IsToldAgain_TwiceASecond()
    {
        sense.Running("base", isRunning: true);
        for (seconds = 0; seconds < 1.01; seconds += 0.02) sense.Step();
        sense.Running("base", isRunning: false);

        Assert.That(told.Select(s => s.Signal), Is.All.EqualTo("navigation.running"));
        Assert.That(told.Select(s => s.Value), Is.EqualTo([1.0, 1, 1, 0]));
        Assert.That(told.Select(s => s.At.Seconds), Is.EqualTo([0, 0.5, 1, 1.02]).Within(0.03));
    }

    [Test]
    public void Feedback_IsToldTenTimesASecondAtMost()
    {
        for (seconds = 0; seconds < 0.999; seconds += 0.01) sense.Feedback("gripper");

        Assert.That(told, Has.Count.InRange(9, 11));
        Assert.That(told[0], Is.EqualTo(Of("gripper.feedback", 1, 0)));
    }

    private static Sample Of(string signal, double value, double at) => new(signal, value, RobotTime.FromSeconds(at));
}
