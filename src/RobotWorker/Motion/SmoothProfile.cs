using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>
/// s(t) averaged over a sliding window of time, which makes its acceleration continuous and keeps it on the path (filters on trajectories:
/// Biagiotti and Melchiorri 2012, FIR Filters for Online Trajectory Planning With Time- and Frequency-Domain Specifications). It takes
/// the window longer.
/// </summary>
internal sealed class SmoothProfile
{
    private readonly ImmutableArray<TimeScaling.Piece> pieces;
    private readonly double[] areas;             // integral of s up to each piece
    private readonly double total;
    private readonly double window;

    public SmoothProfile(ImmutableArray<TimeScaling.Piece> pieces, double windowSeconds)
    {
        this.pieces = pieces;
        total = pieces[^1].Start + pieces[^1].Duration;
        window = Math.Min(windowSeconds, total / 2);
        areas = new double[pieces.Length + 1];
        for (var i = 0; i < pieces.Length; i++) areas[i + 1] = areas[i] + Area(pieces[i], pieces[i].Duration);
    }

    public double DurationSeconds => total + window;

    public (double S, double Speed, double Acceleration) At(double time)
    {
        var (now, then) = (Raw(time), Raw(time - window));
        return ((now.Area - then.Area) / window, (now.S - then.S) / window, (now.Speed - then.Speed) / window);
    }

    private (double Area, double S, double Speed) Raw(double time)
    {
        if (time <= 0) return (0, 0, 0);
        var last = pieces[^1];
        if (time >= total)
        {
            var end = last.S + (last.Duration * (last.Speed + (0.5 * last.Acceleration * last.Duration)));
            return (areas[^1] + (end * (time - total)), end, 0);
        }
        var (low, high) = (0, pieces.Length);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (pieces[middle].Start <= time) low = middle;
            else high = middle;
        }
        var (piece, t) = (pieces[low], time - pieces[low].Start);
        return (areas[low] + Area(piece, t), piece.S + (t * (piece.Speed + (0.5 * piece.Acceleration * t))), piece.Speed + (piece.Acceleration * t));
    }

    private static double Area(TimeScaling.Piece p, double t) => t * (p.S + (t * ((p.Speed / 2) + (p.Acceleration * t / 6))));
}
