namespace RobotWorker.Motion;

/// <summary>The fifth-degree polynomial that meets position, velocity and acceleration at both of its ends.</summary>
public static class Quintic
{
    /// <param name="duration">Seconds from the one end to the other, above zero.</param>
    /// <param name="time">Seconds after the first end.</param>
    public static (double Position, double Velocity, double Acceleration) Between(
        (double Position, double Velocity, double Acceleration) from, (double Position, double Velocity, double Acceleration) to,
        double duration, double time)
    {
        var (T, s) = (duration, time / duration);
        var (v0, a0, c3, c4, c5) = Coefficients(from, to, duration);
        var position = from.Position + (s * (v0 + (s * ((0.5 * a0) + (s * (c3 + (s * (c4 + (s * c5)))))))));
        var velocity = (v0 + (s * (a0 + (s * ((3 * c3) + (s * ((4 * c4) + (s * 5 * c5)))))))) / T;
        var acceleration = (a0 + (s * ((6 * c3) + (s * ((12 * c4) + (s * 20 * c5)))))) / (T * T);
        return (position, velocity, acceleration);
    }

    /// <summary>Largest magnitude of the acceleration between the ends (its extremes are roots of a quadratic).</summary>
    public static double PeakAcceleration(
        (double Position, double Velocity, double Acceleration) from, (double Position, double Velocity, double Acceleration) to, double duration)
    {
        var peak = Math.Max(Math.Abs(from.Acceleration), Math.Abs(to.Acceleration));
        var (_, a0, c3, c4, c5) = Coefficients(from, to, duration);
        var (a, b, c) = (60 * c5, 24 * c4, 6 * c3);
        var root = Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c)));
        foreach (var s in Math.Abs(a) > 1e-12 ? [(-b + root) / (2 * a), (-b - root) / (2 * a)] : (ReadOnlySpan<double>)[-c / b])
            if (s is > 0 and < 1) peak = Math.Max(peak, Math.Abs(a0 + (s * ((6 * c3) + (s * ((12 * c4) + (s * 20 * c5)))))) / (duration * duration));
        return peak;
    }

    // Of a time that runs from 0 to 1.
    private static (double V0, double A0, double C3, double C4, double C5) Coefficients(
        (double Position, double Velocity, double Acceleration) from, (double Position, double Velocity, double Acceleration) to, double T)
    {
        var (v0, v1) = (from.Velocity * T, to.Velocity * T);
        var (a0, a1) = (from.Acceleration * T * T, to.Acceleration * T * T);
        var step = to.Position - from.Position;
        return (v0, a0,
            (10 * step) - (6 * v0) - (4 * v1) - (1.5 * a0) + (0.5 * a1),
            (-15 * step) + (8 * v0) + (7 * v1) + (1.5 * a0) - a1,
            (6 * step) - (3 * (v0 + v1)) - (0.5 * (a0 - a1)));
    }
}
