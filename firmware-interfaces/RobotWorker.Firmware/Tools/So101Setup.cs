using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Tools;

/// <summary>Gives the six servos of a new SO-101 arm, all with id 1 when they come, their ids: one after the other, each alone on the bus.</summary>
public static class So101Setup
{
    /// <summary>From the gripper to the base, so that the cable grows joint by joint; ids as LeRobot has them.</summary>
    public static readonly ImmutableArray<(string Joint, byte Id)> Order = [("gripper", 6), ("wrist_roll", 5), ("wrist_flex", 4), ("elbow_flex", 3), ("shoulder_lift", 2), ("shoulder_pan", 1)];

    /// <param name="ready">Asks a person to plug in one servo alone; false: they want to end.</param>
    /// <returns>How many servos have their ids.</returns>
    public static int Run(ServoIds ids, Func<string, bool> ready, Action<string> tell)
    {
        var done = 0;
        foreach (var (joint, id) in Order)
        {
            if (!Set(ids, joint, id, ready, tell)) break;
            done++;
        }
        tell(done == Order.Length ? "all six servos have their ids: connect them in a row, then run 'robotworker serial scan'" : $"{done} of {Order.Length} servos have their ids; the others are as they were");
        return done;
    }

    private static bool Set(ServoIds ids, string joint, byte id, Func<string, bool> ready, Action<string> tell)
    {
        while (ready($"Connect the servo of the {joint} alone, with its supply on, then press Enter"))
        {
            try
            {
                var servo = ids.Only();
                var volts = ids.Volts(servo.Id);
                ids.Change(servo.Id, id);
                ids.AnswerAtOnce(id);
                tell($"{joint}: was id {servo.Id}, is id {id}; its supply is {volts:0.0} V");
                return true;
            }
            catch (ServoBusException refused)
            {
                tell(refused.Message);
            }
        }
        return false;
    }
}
