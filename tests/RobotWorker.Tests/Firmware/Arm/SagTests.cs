using RobotWorker.Firmware.Arm;

namespace RobotWorker.Tests.Firmware.Arm;

public sealed class SagTests
{
    private const double Period = 0.01;

    // A servo's stiffness as a joint feels it: so far it hangs below its goal under its load.
    private static double Hangs(double load, Sag sag) => load - sag.Radians;

    [TestCase(0.03)]
    [TestCase(-0.045)]
    public void Standing_WhatItLacksIsAdded_UntilItIsNearEnough(double load)
    {
        var sag = Standing(default, load, seconds: 5);

        Assert.That(Math.Abs(Hangs(load, sag)), Is.LessThanOrEqualTo(0.0041));
        Assert.That(Standing(sag, load, seconds: 60), Is.EqualTo(sag), "and there it rests: it does not hunt");
    }

    [Test]
    public void Obstacle_NothingIsAdded_AndWhatWasFades()
    {
        var held = Standing(default, 0.2, seconds: 10);
        var fading = Standing(new(0.05), 0.2, seconds: 5);

        Assert.That((held.Radians, fading.Radians), Is.EqualTo((0.0, 0.0)).Within(0.001));
    }

    [Test]
    public void NeverMoreThanItsMost()
    {
        var sag = default(Sag);
        for (var i = 0; i < 10_000; i++) sag = sag.After(0.04, 0, seen: true, Period);

        Assert.That(sag.Radians, Is.EqualTo(0.08).Within(1e-9));
    }

    [Test]
    public void Moving_ItFades_AndUnseenOrStopped_ItStays()
    {
        var moving = new Sag(0.05);
        for (var i = 0; i < 300; i++) moving = moving.After(0.02, 1, seen: true, Period);

        Assert.That(moving.Radians, Is.LessThan(0.003));
        Assert.That(new Sag(0.05).After(0.03, 0, seen: false, Period), Is.EqualTo(new Sag(0.05)));
    }

    private static Sag Standing(Sag sag, double load, double seconds)
    {
        for (var i = 0; i < seconds / Period; i++) sag = sag.After(Hangs(load, sag), 0, seen: true, Period);
        return sag;
    }
}
