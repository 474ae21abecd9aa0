using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

public sealed class PlausibilityTests
{
    private static readonly ServoCalibration Servo = new(1, "elbow", MinCounts: 1000, MaxCounts: 3000);
    private static readonly RawState Good = new(true, 2000, 0, 0.1, 0.1, 7.4, 30, ServoFlags.None, 2000, true, 1);

    [Test]
    public void CanBe_AnOrdinaryState() => Assert.That(Plausibility.CanBe(Good, Servo));

    [TestCase(100)]
    [TestCase(4000)]
    public void CanBe_NotFarOutsideItsRange(int counts) => Assert.That(Plausibility.CanBe(Good with { PositionCounts = counts }, Servo), Is.False);

    [TestCase(1.2, 30)]
    [TestCase(27, 30)]
    [TestCase(7.4, 200)]
    public void CanBe_NotWithImpossibleVoltageOrTemperature(double volts, double celsius) => Assert.That(Plausibility.CanBe(Good with { Volts = volts, Celsius = celsius }, Servo), Is.False);

    [Test]
    public void CanFollow_IsAMatterOfTime()
    {
        var options = new ServoBusOptions { BelievableRadiansPerSecond = 10, StillRadians = 0.02 };
        Assert.That(Plausibility.CanFollow(2000, 2070, 0.01, Servo, options));
        Assert.That(Plausibility.CanFollow(2000, 2200, 0.01, Servo, options), Is.False);
        Assert.That(Plausibility.CanFollow(2000, 2200, 0.05, Servo, options));
    }

    [Test]
    public void Calibration_OfAReversedServo_TurnsAnglesRound()
    {
        var servo = new ServoCalibration(3, "wrist", ZeroCounts: 1024, Direction: -1, MinCounts: 0, MaxCounts: 2048);
        Assert.That(servo.RadiansOf(2048), Is.EqualTo(-Math.PI / 2).Within(1e-12));
        Assert.That(servo.CountsOf(Math.PI / 2), Is.Zero);
        Assert.That((servo.MinRadians, servo.MaxRadians), Is.EqualTo((-Math.PI / 2, Math.PI / 2)));
    }
}
