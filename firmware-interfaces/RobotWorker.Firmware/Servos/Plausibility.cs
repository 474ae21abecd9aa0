namespace RobotWorker.Firmware.Servos;

/// <summary>
/// Whether a servo's answer can be true. Feetech's 8-bit checksum misses one in fifteen of two-bit errors (spec, Feetech STS), so what passed it is asked again here. Pure.
/// </summary>
public static class Plausibility
{
    // Electronics that answer at all have at least 3 V; no hobby or research servo takes more than 26 V.
    private const double LeastVolts = 3;
    private const double MostVolts = 26;
    private const double LeastCelsius = -20;
    private const double MostCelsius = 120;

    // A joint pushed against its end stop reads a little beyond its calibrated range.
    private const double BeyondRangeRadians = 0.5;

    /// <summary>Whether such a state can be at all.</summary>
    public static bool CanBe(in RawState state, ServoCalibration servo)
    {
        var beyond = BeyondRangeRadians / servo.RadiansPerCount;
        return state.PositionCounts >= servo.MinCounts - beyond && state.PositionCounts <= servo.MaxCounts + beyond
            && state.Volts is >= LeastVolts and <= MostVolts && state.Celsius is >= LeastCelsius and <= MostCelsius;
    }

    /// <summary>Whether a servo can have come from one position to the other in the time.</summary>
    public static bool CanFollow(int fromCounts, int toCounts, double seconds, ServoCalibration servo, ServoBusOptions options)
    {
        var most = (options.BelievableRadiansPerSecond * seconds) + options.StillRadians;
        return Math.Abs(toCounts - fromCounts) * servo.RadiansPerCount <= most;
    }
}
