using RobotWorker.Faults;
using RobotWorker.Ros.Messages.SensorMsgs;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// What a lidar's scans tell of the lidar: <c>lidar.heard</c>; <c>lidar.valid_share</c>, of the beams that came back within its range (0 to 1); <c>lidar.nearest</c>, metres; and
/// <c>lidar.change</c>, how much a beam has changed since the scan before, metres on average: exactly 0 is the same scan again.
/// </summary>
internal sealed class ScanSense(Action<Sample> samples)
{
    private LaserScan? before;

    public void Take(LaserScan message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        var (valid, nearest, both, change) = (0, double.PositiveInfinity, 0, 0.0);
        for (var i = 0; i < message.Ranges.Length; i++)
        {
            if (!Came(message, i)) continue;
            valid++;
            nearest = Math.Min(nearest, message.Ranges[i]);
            if (before is null || i >= before.Ranges.Length || !Came(before, i)) continue;
            both++;
            change += Math.Abs(message.Ranges[i] - before.Ranges[i]);
        }
        before = message;
        samples(new("lidar.heard", 1, at));
        if (message.Ranges.Length > 0) samples(new("lidar.valid_share", (double)valid / message.Ranges.Length, at));
        if (valid > 0) samples(new("lidar.nearest", nearest, at));
        if (both > 0) samples(new("lidar.change", change / both, at));
    }

    private static bool Came(LaserScan scan, int beam) => scan.Ranges[beam] is var range && float.IsFinite(range) && range >= scan.RangeMin && range <= scan.RangeMax;
}
