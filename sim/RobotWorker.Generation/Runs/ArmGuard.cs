using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;

namespace RobotWorker.Generation.Runs;

/// <summary>What an arm makes of its safety board's word, of metal or simulated.</summary>
internal static class ArmGuard
{
    /// <param name="tell">Says it to a person.</param>
    public static void Join(BoardNode board, SerialArm arm, Action<string> tell)
    {
        board.StopPressed += why =>
        {
            tell(why);
            arm.EmergencyStop(why);
        };
        board.PowerLost += why =>
        {
            tell($"no power: {why}");
            arm.PowerLost(why);
        };
        board.PowerBack += () =>
        {
            tell("the drives have power");
            arm.PowerBack();
        };
    }
}
