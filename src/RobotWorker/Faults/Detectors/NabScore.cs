using System.Collections.Immutable;

namespace RobotWorker.Faults.Detectors;

/// <summary>Rows in which a detection counts for one labelled change.</summary>
/// <param name="First">The change itself: nobody can detect it before.</param>
/// <param name="Last">The last row that counts.</param>
public readonly record struct NabWindow(int First, int Last)
{
    public int Rows => Last - First + 1;
}

/// <summary>Scores of early detections as the Numenta anomaly benchmark has them (Lavin and Ahmad 2015, section II), over one series or the sum of several.</summary>
/// <param name="Raw">In the profile's weights.</param>
/// <param name="Windows">How many there were.</param>
public readonly record struct NabScore(NabProfile Profile, double Raw, int Windows)
{
    // Beyond three window lengths a false positive is as wrong as it gets.
    private const double Far = 3;

    /// <summary>100 for every change detected at once and nothing else; 0 for a detector that says nothing; below 0 for one that is worse than that. NaN where nothing is labelled.</summary>
    public double Normalized => Windows == 0 ? double.NaN : 100 * (Raw + (Profile.FalseNegative * Windows)) / ((Profile.TruePositive + Profile.FalseNegative) * Windows);

    /// <summary>A tenth of the rows is shared out evenly among the windows, as the benchmark does; ours begin with the change instead of around it, and end before the next.</summary>
    /// <param name="changes">Labelled rows, in order.</param>
    /// <param name="rows">Of the series, the training rows left out.</param>
    public static ImmutableArray<NabWindow> WindowsOf(IReadOnlyList<int> changes, int rows)
    {
        if (changes.Count == 0) return [];
        var width = Math.Max(1, (int)Math.Round(0.1 * rows / changes.Count));
        return [.. changes.Select((change, i) => new NabWindow(change, Math.Min(change + width, i + 1 < changes.Count ? changes[i + 1] : rows) - 1))];
    }

    /// <param name="windows">In order, without overlap.</param>
    /// <param name="detections">Rows, in order.</param>
    public static NabScore Of(NabProfile profile, ImmutableArray<NabWindow> windows, IReadOnlyList<int> detections)
    {
        var raw = 0.0;
        var next = 0;
        for (var w = -1; w < windows.Length; w++)
        {
            var detected = false;
            for (; w >= 0 && next < detections.Count && detections[next] <= windows[w].Last; next++)
            {
                // The earliest alone counts: to say it again is neither right nor wrong.
                if (!detected) raw += profile.TruePositive * Gain(windows[w], detections[next]);
                detected = true;
            }
            if (w >= 0 && !detected) raw -= profile.FalseNegative;
            var until = w + 1 < windows.Length ? windows[w + 1].First : int.MaxValue;
            for (; next < detections.Count && detections[next] < until; next++)
                raw += profile.FalsePositive * (w < 0 ? -1 : Sigmoid((double)(detections[next] - windows[w].Last) / windows[w].Rows));
        }
        return new(profile, raw, windows.Length);
    }

    public static NabScore operator +(in NabScore a, in NabScore b) => a with { Raw = a.Raw + b.Raw, Windows = a.Windows + b.Windows };

    // 1 in the first row of the window, and nearly 0 in its last.
    private static double Gain(NabWindow window, int row) => Sigmoid(-(double)(window.Last - row + 1) / window.Rows) / Sigmoid(-1);

    // 2 / (1 + exp(5 y)) - 1: nearly 1 a window's length before its end, 0 at its end, nearly -1 as long behind it.
    private static double Sigmoid(double y) => y > Far ? -1 : (2 / (1 + Math.Exp(5 * y))) - 1;
}
