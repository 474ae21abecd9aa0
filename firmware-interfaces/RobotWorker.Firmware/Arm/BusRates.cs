using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>What a bus has counted, at one moment.</summary>
internal readonly record struct BusCounts(long Timeouts, long BadChecks, long ForeignGoals, long Repairs)
{
    public static BusCounts Of(BusStatistics now) => new(now.Timeouts, now.BadChecks, now.ForeignGoals, now.Repairs);
}

/// <summary>How often a second something went wrong on the bus.</summary>
/// <param name="Timeouts">Answers that did not come.</param>
/// <param name="BadChecks">Frames that were damaged.</param>
/// <param name="ForeignGoals">Goals that a servo held and nobody sent.</param>
/// <param name="Repairs">Registers that held what nobody sent, and were put right.</param>
internal readonly record struct BusRates(double Timeouts, double BadChecks, double ForeignGoals, double Repairs)
{
    /// <param name="seconds">Between the two.</param>
    public static BusRates Between(BusCounts before, BusCounts now, double seconds) =>
        new((now.Timeouts - before.Timeouts) / seconds, (now.BadChecks - before.BadChecks) / seconds, (now.ForeignGoals - before.ForeignGoals) / seconds, (now.Repairs - before.Repairs) / seconds);

    /// <summary>A bus that was opened anew counts from zero.</summary>
    public static bool IsAnother(BusCounts before, BusCounts now) =>
        now.Timeouts < before.Timeouts || now.BadChecks < before.BadChecks || now.ForeignGoals < before.ForeignGoals || now.Repairs < before.Repairs;
}
