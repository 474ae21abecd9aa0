namespace RobotWorker.Time;

/// <summary>
/// An instant on the robot's clock (ROS time, or the simulator's): nanoseconds since that clock's epoch. A type of its own, so that
/// it is never mixed up with the watchdog's <see cref="TimeProvider"/>.
/// </summary>
public readonly record struct RobotTime(long Nanoseconds) : IComparable<RobotTime>
{
    public static readonly RobotTime Zero = new(0);

    public double Seconds => Nanoseconds / 1e9;

    public static RobotTime FromSeconds(double seconds) => new((long)Math.Round(seconds * 1e9));

    public int CompareTo(RobotTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static bool operator <(RobotTime a, RobotTime b) => a.Nanoseconds < b.Nanoseconds;

    public static bool operator >(RobotTime a, RobotTime b) => a.Nanoseconds > b.Nanoseconds;

    public static bool operator <=(RobotTime a, RobotTime b) => a.Nanoseconds <= b.Nanoseconds;

    public static bool operator >=(RobotTime a, RobotTime b) => a.Nanoseconds >= b.Nanoseconds;

    public static TimeSpan operator -(RobotTime a, RobotTime b) => TimeSpan.FromTicks((a.Nanoseconds - b.Nanoseconds) / 100);

    public static RobotTime operator +(RobotTime a, TimeSpan b) => new(a.Nanoseconds + (b.Ticks * 100));

    public static RobotTime operator -(RobotTime a, TimeSpan b) => new(a.Nanoseconds - (b.Ticks * 100));

    public override string ToString() => $"{Seconds:0.000} s";
}

/// <summary>The robot's clock as last heard (<c>/clock</c> in simulation).</summary>
public sealed class RobotClock
{
    /// <summary>The latest instant heard.</summary>
    public RobotTime Now { get; private set; }

    /// <summary>Takes in a clock message. A clock that jumps back is taken as it is: watchdogs do not use this clock.</summary>
    public void Set(RobotTime now) => Now = now;
}
