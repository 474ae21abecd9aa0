namespace RobotWorker.Firmware.Board;

/// <param name="Silence">No status for so long: the link is lost. 60 ms are three missed ones.</param>
/// <param name="TimeToLive">How old a command may be when it arrives, up to 65 s.</param>
/// <param name="Attempts">How often a command is sent while no answer comes.</param>
public sealed record SafetyBoardOptions(TimeSpan Silence, TimeSpan TimeToLive, int Attempts)
{
    public static readonly SafetyBoardOptions Default = new(TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(100), 3);
}
