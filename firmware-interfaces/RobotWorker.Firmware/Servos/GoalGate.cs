namespace RobotWorker.Firmware.Servos;

/// <summary>Which goals may pass, and how fast. Pure but for the tracks that it is shown.</summary>
internal sealed class GoalGate(ServoBusOptions options)
{
    /// <summary>Refuses what is out of range, too far ahead, or asked of a servo that nobody sees; else gives the goal.</summary>
    public ServoBusException? Check(ServoTrack track, double radians, out RawGoal goal)
    {
        goal = default;
        var servo = track.Servo;
        if (track.BlindFor >= options.BlindCycles)
            return track.Failure(ServoFailure.Blind, $"has not been heard of for {track.BlindFor} cycles; all were told to hold. Look at its cable and supply.");

        // 0.1 count: the range's ends are angles too, and rounding is no reason to refuse them.
        var counts = double.IsFinite(radians) ? servo.ZeroCounts + (servo.Direction * radians / servo.RadiansPerCount) : double.NaN;
        if (!(counts >= servo.MinCounts - 0.1 && counts <= servo.MaxCounts + 0.1))
            return track.Failure(ServoFailure.GoalOutOfRange, $"may go from {servo.MinRadians:0.###} to {servo.MaxRadians:0.###} rad, not to {radians:0.###}; all were told to hold.");

        goal = Streamed(track, (int)Math.Round(counts));
        var lead = Lead(track, goal.Counts);
        if (lead > options.MaxLeadRadians)
        {
            var at = servo.RadiansOf(track.PositionCounts);
            return track.Failure(ServoFailure.GoalTooFar, $"is at {at:0.###} rad and the goal {radians:0.###} is {lead:0.###} ahead of it, beyond {options.MaxLeadRadians:0.###}; all were told to hold. Start from where it is.");
        }

        return null;
    }

    private static double Lead(ServoTrack track, int counts) => Math.Abs(counts - track.PositionCounts) * track.Servo.RadiansPerCount;

    // The goal is never the end point: if the host stalls, the servo is at rest two periods later.
    private RawGoal Streamed(ServoTrack track, int counts)
    {
        // One fifth of the low speed at least: a speed of 0 means as fast as it can to some servos.
        var speed = Math.Clamp(Lead(track, counts) / (options.LeadPeriods * options.PeriodSeconds), options.LowRadiansPerSecond / 5, options.MaxRadiansPerSecond);
        return new RawGoal(track.Servo.Id, counts, speed / track.Servo.RadiansPerCount);
    }

    /// <summary>What a servo is told when nobody may tell it anything new: its last goal; where it was carried far from that, the place where it is.</summary>
    public RawGoal Hold(ServoTrack track, int sent) => track.BlindFor == 0 && Lead(track, sent) > options.MaxLeadRadians ? Stopped(track) : Streamed(track, sent);

    // With speed: the servo's own setpoint may have run ahead of it, and shall come back at once.
    private RawGoal Stopped(ServoTrack track) => new(
        track.Servo.Id, Math.Clamp(track.PositionCounts, track.Servo.MinCounts, track.Servo.MaxCounts), options.MaxRadiansPerSecond / track.Servo.RadiansPerCount);
}
