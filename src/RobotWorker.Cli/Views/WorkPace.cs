using System.Globalization;

namespace RobotWorker.Cli.Views;

/// <summary>How fast parts of long work are made, from when it is made itself: what was there before says nothing of that.</summary>
internal sealed class WorkPace(TimeProvider time)
{
    private readonly long began = time.GetTimestamp();

    /// <summary>Parts made since.</summary>
    public int Made { get; private set; }

    /// <summary>The time of one, on the average.</summary>
    public TimeSpan Each => time.GetElapsedTime(began) / Made;

    public void Count() => Made++;

    /// <summary><c>7 min left</c>, or from an hour on <c>1.5 h left</c>.</summary>
    public string Left(int parts)
    {
        var left = Each * Math.Max(0, parts);
        return string.Create(CultureInfo.InvariantCulture, $"{(left.TotalHours >= 1 ? $"{left.TotalHours:0.0} h" : $"{Math.Ceiling(left.TotalMinutes):0} min")} left");
    }
}
