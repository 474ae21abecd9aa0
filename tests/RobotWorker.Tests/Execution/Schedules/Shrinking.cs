using System.Collections.Immutable;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>Makes a script smaller while it still fails: a choice less, a process less, a shorter time, as long as any helps (greedy delta debugging).</summary>
internal static class Shrinking
{
    // A bound on the work, not on the result: each try is one run of some milliseconds.
    private const int MostTries = 1_000;

    /// <param name="fails">Whether a script shows the same mistake.</param>
    public static ScheduleScript Smallest(ScheduleScript script, Predicate<ScheduleScript> fails)
    {
        var tries = 0;
        for (var smaller = true; smaller;)
        {
            smaller = false;
            foreach (var candidate in Smaller(script))
            {
                if (++tries > MostTries) return script;
                if (!fails(candidate)) continue;
                (script, smaller) = (candidate, true);
                break;
            }
        }
        return script;
    }

    // The boldest first.
    private static IEnumerable<ScheduleScript> Smaller(ScheduleScript s)
    {
        for (var i = 0; i < s.Lives.Length - 1; i++) yield return s with { Lives = s.Lives.RemoveAt(i) };
        if (s.Turns.Length > 0) yield return s with { Turns = [] };
        if (s.Answers.Length > 0) yield return s with { Answers = [] };
        if (s.Turns.Length > 1) yield return s with { Turns = s.Turns[..(s.Turns.Length / 2)] };
        if (s.Answers.Length > 1) yield return s with { Answers = s.Answers[..(s.Answers.Length / 2)] };
        for (var i = 0; i < s.Lives.Length; i++)
            for (var j = 0; j < s.Lives[i].Troubles.Length; j++) yield return With(s, i, s.Lives[i] with { Troubles = s.Lives[i].Troubles.RemoveAt(j) });
        if (s.Broken is not null) yield return s with { Broken = null };
        if (s.Parks) yield return s with { Parks = false };
        if (s.TellsGoals) yield return s with { TellsGoals = false };
        for (var i = 0; i < s.Turns.Length; i++)
            if (s.Turns[i] != 0) yield return s with { Turns = s.Turns.SetItem(i, 0) };
        for (var i = 0; i < s.Answers.Length; i++)
            if (s.Answers[i] != 11) yield return s with { Answers = s.Answers.SetItem(i, 11) };
        for (var i = 0; i < s.Lives.Length; i++)
        {
            var life = s.Lives[i];
            if (life.Gap > 0) yield return With(s, i, life with { Gap = 0 });
            if (life.Events > 1) yield return With(s, i, life with { Events = life.Events / 2 });
            for (var j = 0; j < life.Troubles.Length; j++)
            {
                var trouble = life.Troubles[j];
                if (trouble.At > 0.5) yield return With(s, i, life with { Troubles = life.Troubles.SetItem(j, trouble with { At = Math.Round(trouble.At / 2, 2) }) });
                if (trouble.Lasts > 0.5 && double.IsFinite(trouble.Lasts)) yield return With(s, i, life with { Troubles = life.Troubles.SetItem(j, trouble with { Lasts = Math.Round(trouble.Lasts / 2, 2) }) });
            }
        }
    }

    private static ScheduleScript With(ScheduleScript script, int index, Life life) => script with { Lives = script.Lives.SetItem(index, life) };
}
