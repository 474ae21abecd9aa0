using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Dependability;
using RobotWorker.Faults;

namespace RobotWorker.Tests.Dependability;

/// <summary>Histories of faults drawn from exponential times with known means.</summary>
internal static class Histories
{
    public static readonly DateTimeOffset Start = new(2026, 10, 30, 0, 0, 0, TimeSpan.Zero);

    public static ReportOptions Options { get; } = new(Start, Start + TimeSpan.FromDays(365)) { Causes = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty };

    public static TimeSpan Exponential(RandomStream chance, TimeSpan mean) => mean * -Math.Log(1 - chance.NextDouble());

    public static FaultSpell Spell(string code, double began, double ended, RecoveredBy? by = RecoveredBy.Robot, string robot = "r", FaultLevel level = FaultLevel.Critical) =>
        new(robot, code, "part", level, At(began), At(began + 0.1), At(ended), by);

    public static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    public static ServiceRecord Record(double operatedSeconds, params FaultSpell[] spells) => new([new("r", Start, At(operatedSeconds))], [.. spells], [], []);

    public static ServiceRecord Of(RandomStream chance, TimeSpan operated, IEnumerable<(string Code, TimeSpan Between, TimeSpan Mend)> faults)
    {
        var spells = ImmutableArray.CreateBuilder<FaultSpell>();
        foreach (var (code, between, mend) in faults)
        {
            for (var began = Exponential(chance, between); began < operated;)
            {
                var ended = began + Exponential(chance, mend);
                var open = ended > operated;
                spells.Add(Spell(code, began.TotalSeconds, (open ? operated : ended).TotalSeconds, open ? null : RecoveredBy.Robot));
                began = ended + Exponential(chance, between);
            }
        }
        return new([new("r", Start, Start + operated)], spells.ToImmutable(), [], []);
    }
}
