using RobotWorker.Chance;
using RobotWorker.Faults.Detectors;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults.Detectors;

/// <summary>Feeds series to detectors, as a monitor would.</summary>
internal static class Feeding
{
    public static RobotTime At(double seconds) => RobotTime.FromSeconds(seconds);

    /// <summary>The states after each value, one every <paramref name="period"/> seconds from 0 on.</summary>
    public static List<TState> Feed<TState>(this IDetector<TState> detector, IEnumerable<double> values, double period = 1)
        where TState : struct, IDetection
    {
        var states = new List<TState>();
        foreach (var value in values) states.Add(detector.Next(states.LastOrDefault(), value, At(states.Count * period)));
        return states;
    }

    public static List<TState> Feed<TState>(this IVectorDetector<TState> detector, IEnumerable<double[]> rows, double period = 1)
        where TState : struct, IDetection
    {
        var states = new List<TState>();
        foreach (var row in rows) states.Add(detector.Next(states.LastOrDefault(), row, At(states.Count * period)));
        return states;
    }

    /// <summary>Where the first alarm is, from 0; -1: nowhere.</summary>
    public static int FirstAlarm<TState>(this List<TState> states)
        where TState : struct, IDetection => states.FindIndex(s => s.Alarmed);

    public static double AlarmedShare<TState>(this IReadOnlyCollection<TState> states)
        where TState : struct, IDetection => states.Count(s => s.Alarmed) / (double)states.Count;

    /// <summary>Standard normal values.</summary>
    public static IEnumerable<double> Noise(string axis, int count, double deviation = 1)
    {
        var chance = RandomStream.For(6, "detectors", axis);
        for (var i = 0; i < count; i++) yield return chance.Normal(deviation);
    }

    /// <summary>Rows of independent standard normal values.</summary>
    public static IEnumerable<double[]> Rows(string axis, int count, int signals)
    {
        var chance = RandomStream.For(6, "detectors", axis);
        for (var i = 0; i < count; i++) yield return [.. Enumerable.Range(0, signals).Select(_ => chance.Normal(1))];
    }
}
