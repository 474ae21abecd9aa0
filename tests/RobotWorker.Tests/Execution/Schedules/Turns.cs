using RobotWorker.Execution;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>How an attempt of a schedule goes, by a number from 0 to 99.</summary>
internal static class Turns
{
    private static readonly (string Skill, string Atom)[] HalfDone = [("pick", "gripped"), ("pour", "half"), ("wipe", "wet"), ("count", "halfway")];

    /// <param name="broken">A resource all of whose attempts fail, or null.</param>
    public static Behaviour Of(int choice, Attempt attempt, string? broken)
    {
        if (broken is not null && Kitchen.Skills.Skills[attempt.Skill].Resources.Contains(broken)) return Behaviour.Fails("BROKEN");
        return choice switch
        {
            < 40 => new(),
            < 50 => new(Seconds: 2.5),
            < 60 => Behaviour.Fails("MISSED"),
            < 67 => Behaviour.Fails("LIED", effect: true),
            < 73 => new(Effect: false),
            < 82 => Behaviour.Fails("HALF", then: at => Half(at, attempt)),
            < 86 => new(Hangs: true),
            < 88 => new(Deaf: true),
            // It ends long after it was given up, and says that all went well.
            < 90 => new(Deaf: true, Effect: false, Seconds: 12, EndsLate: true),
            < 92 => new(Throws: new IOException("broken pipe")),
            < 96 => new(Effect: choice % 2 == 0, Reported: Outcome.Unknown, Code: "LOST"),
            _ => Behaviour.Fails("FELL", then: at => at.True.RemoveWhere(atom => atom.StartsWith("holding", StringComparison.Ordinal))),
        };
    }

    // What is begun and not done shows: what was there before is gone, and what will be is not there yet.
    private static void Half(ScriptedRobot robot, Attempt attempt)
    {
        var (_, atom) = HalfDone.FirstOrDefault(half => half.Skill == attempt.Skill);
        if (atom is null) return;
        robot.True.Add($"{atom}({attempt.Arguments["object"]})");
        if (attempt.Skill == "pour") robot.True.Remove("full(cup1)");
        if (attempt.Skill == "pick") robot.True.Remove("empty(gripper)");
    }
}
