using RobotWorker.Skills.Policies;
using RobotWorker.Tests.Ros;

namespace RobotWorker.Tests.Skills.Policies;

public sealed class PolicyDriveTests
{
    // The second frame takes the policy half a second, as on a busy machine.
    [Test]
    public void LatePolicy_MovesTheTimesAfterIt_AndCausesNoBurst() => OnLoop.Run(async world =>
    {
        var time = new Slipping(world.Time);
        var policy = new Scripted(frame =>
        {
            if (frame == 1) time.Slipped += TimeSpan.FromSeconds(0.5);
            return frame < 3 ? new double[Width] : null;
        });
        var sent = await DriveAsync(world, policy, time);

        Assert.That(sent, Has.Count.EqualTo(30), "every target of every frame");
        var between = sent.Zip(sent.Skip(1), (a, b) => (b - a).TotalMilliseconds).ToList();
        Assert.That(between, Has.All.InRange(0, 510));
        Assert.That(between.Count(ms => ms < 9.9), Is.LessThanOrEqualTo(1), "after the pause the pace is what it was");
    });

    [Test]
    public void OnePeriodLate_IsMadeGoodByTheNextDeadline() => OnLoop.Run(async world =>
    {
        var time = new Slipping(world.Time);
        var policy = new Scripted(frame =>
        {
            if (frame is > 0 and < 50) time.Slipped += TimeSpan.FromMilliseconds(8);
            return frame < 50 ? new double[Width] : null;
        });
        var began = time.GetTimestamp();
        await DriveAsync(world, policy, time);

        Assert.That(time.GetElapsedTime(began).TotalSeconds, Is.EqualTo(5).Within(0.011), "deadlines are absolute: lateness does not add up");
    });

    [Test]
    public void TimeThatIsOver_EndsAPolicyThatNeverDoes() => OnLoop.Run(async world =>
    {
        var sent = await DriveAsync(world, new Scripted(_ => new double[Width]), world.Time, TimeSpan.FromSeconds(2));

        Assert.That(sent, Has.Count.EqualTo(200));
    });

    private static readonly int Width = CommandTopics.Width(Workshop.Profile);

    private static async Task<List<TimeSpan>> DriveAsync(OnLoop world, Scripted policy, TimeProvider time, TimeSpan? most = null)
    {
        using var told = new RobotTold(world.Graph.Connect("told"), Workshop.Profile);
        var (sent, began) = (new List<TimeSpan>(), time.GetTimestamp());
        await new PolicyDrive(policy, told, Workshop.Profile, time, _ => sent.Add(time.GetElapsedTime(began))).RunAsync(most ?? TimeSpan.MaxValue, default);
        return sent;
    }

    /// <summary>The loop's time, and what the test lets pass at once.</summary>
    private sealed class Slipping(TimeProvider inner) : TimeProvider
    {
        public TimeSpan Slipped { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp() + (long)(Slipped.TotalSeconds * TimestampFrequency);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
    }
}
