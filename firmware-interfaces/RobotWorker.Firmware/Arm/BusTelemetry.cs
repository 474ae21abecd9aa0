using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// What is asked of the bus beside its cycles, by its own thread: what it counted, once a second, and, once each time that it is opened, at which temperature each servo lets go by itself and how long it
/// waits before it answers.
/// </summary>
/// <param name="trouble">Hears of what a person should see to.</param>
internal sealed class BusTelemetry(SerialArmDescription arm, IServoPacer pacer, Action<string> trouble)
{
    // What servos of both makes come with from the factory, some Dynamixels excepted, until they have said so themselves.
    private const double FactoryCelsius = 70;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly double[] letsGoAt = [.. arm.Servos.Select(_ => FactoryCelsius)];
    private readonly double[] delays = new double[arm.Servos.Length];
    private (BusCounts Counts, RobotTime At)? before;
    private RobotTime askedAt;
    private int known;
    private bool isAsking;

    /// <summary>Of the last second; zeros before there was one.</summary>
    public BusRates Rates { get; private set; }

    /// <summary>Kelvins until a servo lets go by itself.</summary>
    public double MarginKelvin(int servo, in ServoState state) => letsGoAt[servo] - state.Celsius;

    /// <summary>The servo with the least margin, of the first so many.</summary>
    public int Hottest(ImmutableArray<ServoState> states, int? count = null)
    {
        var hottest = 0;
        for (var i = 1; i < (count ?? states.Length); i++)
            if (MarginKelvin(i, states[i]) < MarginKelvin(hottest, states[hottest])) hottest = i;
        return hottest;
    }

    /// <summary>After each period's readings.</summary>
    public void Step(ServoReadings now, RobotTime at)
    {
        if (!now.IsLinkUp)
        {
            (before, known) = (null, 0);
            return;
        }
        if (isAsking) return;
        // One a period: a cycle has time for little more. Who is silent now is asked when it is heard.
        if (known < arm.Servos.Length && now.States[known].IsFresh) AskSettings(known);
        else if (at - askedAt >= Second) AskCounts(at);
    }

    private void AskSettings(int servo)
    {
        isAsking = true;
        (double? limit, double delay) = (null, 0);
        pacer.Enqueue(new(bus => (limit, delay) = (bus.LetsGoAtCelsius(servo), bus.ReturnDelaySeconds(servo)), _ =>
        {
            isAsking = false;
            if (limit is { } celsius) letsGoAt[servo] = celsius;
            delays[servo] = delay;
            // One that does not say keeps the factory's: it is not asked each period.
            known = servo + 1;
            if (known == delays.Length) CheckDelays();
        }));
    }

    // What the file's reader could not know: it reckons with servos that answer at once.
    private void CheckDelays()
    {
        var busy = ArmBuses.CycleSeconds(arm, delays);
        if (busy > arm.PeriodSeconds)
            trouble($"the servos wait up to {delays.Max() * 1e6:0} us before they answer, so that a cycle keeps the wire busy for {busy * 1000:0.0} ms, longer than the period of {arm.PeriodSeconds * 1000:0.0} ms: make them answer at once ('robotworker serial set-id PORT ID ID' does, servo by servo), or lower 'rate' in the arm's file");
    }

    private void AskCounts(RobotTime at)
    {
        (isAsking, askedAt) = (true, at);
        BusCounts counts = default;
        pacer.Enqueue(new(bus => counts = BusCounts.Of(bus.Statistics), _ =>
        {
            isAsking = false;
            if (before is var (then, since) && !BusRates.IsAnother(then, counts) && at > since) Rates = BusRates.Between(then, counts, (at - since).TotalSeconds);
            before = (counts, at);
        }));
    }
}
