using System.Runtime.CompilerServices;

namespace RobotWorker.Faults.Detectors;

/// <summary>Refuses parameters that make no sense, by name: a detector with a limit of NaN would never say a word.</summary>
internal static class Require
{
    /// <summary>Above 0; infinity is allowed where a time or a limit may be "never".</summary>
    public static double Positive(double value, bool finite = true, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && (!finite || double.IsFinite(value)) ? value : throw new ArgumentOutOfRangeException(name, value, finite ? "must be above 0 and finite" : "must be above 0");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "must be 0 or above, and finite");

    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "must be finite");

    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "must be between 0 and 1");

    public static int Within(int value, int least, int most, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"must be {least} to {most}");
}
