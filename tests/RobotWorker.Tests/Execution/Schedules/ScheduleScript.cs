using System.Collections.Immutable;
using RobotWorker.Chance;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>What goes wrong in a schedule.</summary>
internal enum TroubleKind
{
    Fault,
    LinkCut,
    Pause,
    Blind,
    Stop,
    NeverStill,
    StopFails,
    Lost,
    Manual,
    TeachIn,
    Startup,
    Intervened,
    Semiautomatic,
    Service,
    Revision,
}

/// <param name="At">Seconds since the process began.</param>
/// <param name="Lasts">Seconds; infinity: it does not end.</param>
/// <param name="Code">Of a fault.</param>
internal sealed record Trouble(TroubleKind Kind, double At, double Lasts, string Code);

/// <summary>What becomes of an attempt whose process is killed.</summary>
internal enum Fate
{
    /// <summary>The robot goes on with it.</summary>
    StillRuns,

    /// <summary>It comes to its effect while nobody watches.</summary>
    Done,

    /// <summary>It ends without any.</summary>
    Gone,
}

/// <summary>One process of an episode.</summary>
/// <param name="Events">After how many events of its own it is killed; null: it lives to the end.</param>
/// <param name="BeforeItsCommands">Whether the commands of its last event are not carried out any more.</param>
/// <param name="Gap">Seconds until the next process takes over.</param>
internal sealed record Life(int? Events, bool BeforeItsCommands, double Gap, ImmutableArray<Fate> Fates, ImmutableArray<Trouble> Troubles);

/// <summary>
/// A schedule as data: every choice is made before anything runs, so that it can be played again, and made smaller a choice at a time.
/// </summary>
/// <param name="Seed">Where it was drawn from.</param>
/// <param name="TellsGoals">Whether the robot tells of its action goals.</param>
/// <param name="Parks">Whether the robot has a park plan.</param>
/// <param name="Broken">A resource all of whose attempts fail, or null.</param>
/// <param name="Turns">How each attempt goes, in the order of their starts: 0 to 99, see <see cref="Schedules.Turns"/>; later ones go well.</param>
/// <param name="Answers">What is answered to each question: 0 to 11; later ones are answered with what helps.</param>
internal sealed record ScheduleScript(
    ulong Seed, bool TellsGoals, bool Parks, string? Broken, ImmutableArray<Life> Lives, ImmutableArray<int> Turns, ImmutableArray<int> Answers)
{
    private static readonly string[] Codes = [.. Kitchen.Faults.ByCode.Keys];

    private static readonly TroubleKind[] Kinds =
    [
        TroubleKind.Fault, TroubleKind.Fault, TroubleKind.LinkCut, TroubleKind.LinkCut, TroubleKind.Pause, TroubleKind.Blind, TroubleKind.Blind, TroubleKind.Stop,
        TroubleKind.NeverStill, TroubleKind.NeverStill, TroubleKind.StopFails, TroubleKind.StopFails, TroubleKind.Lost, TroubleKind.Lost, TroubleKind.Manual, TroubleKind.TeachIn, TroubleKind.Startup, TroubleKind.Intervened,
        TroubleKind.Semiautomatic, TroubleKind.Semiautomatic, TroubleKind.Service, TroubleKind.Revision, TroubleKind.Revision,
    ];

    public static ScheduleScript Draw(ulong seed)
    {
        var chance = RandomStream.For(seed, "schedule", "choices");
        var kills = chance.NextInt(3);
        return new(
            seed, chance.NextInt(2) == 0, chance.NextInt(4) == 0, chance.NextInt(4) == 0 ? Kitchen.Actuators[chance.NextInt(Kitchen.Actuators.Length)] : null,
            [.. Enumerable.Range(0, kills + 1).Select(i => DrawLife(chance, lastsUntilTheEnd: i == kills))],
            [.. Enumerable.Range(0, 60).Select(_ => chance.NextInt(100))], [.. Enumerable.Range(0, 20).Select(_ => chance.NextInt(12))]);
    }

    public override string ToString() =>
        $"schedule {Seed}: {(TellsGoals ? "goals are told" : "goals are not told")}{(Parks ? ", a park plan" : "")}{(Broken is null ? "" : $", {Broken} broken")}; "
        + string.Join("; killed, ", Lives.Select(l => l.Troubles.IsEmpty ? "no trouble" : string.Join(", ", l.Troubles.Select(t => $"{t.Kind}{(t.Kind == TroubleKind.Fault ? $" {t.Code}" : "")} at {t.At:0.##} s for {t.Lasts:0.##} s"))));

    private static Life DrawLife(RandomStream chance, bool lastsUntilTheEnd) => new(
        lastsUntilTheEnd ? null : 1 + chance.NextInt(80), chance.NextInt(2) == 0, chance.NextInt(10), [.. Enumerable.Range(0, 3).Select(_ => (Fate)(chance.NextInt(4) % 3))],
        [.. Enumerable.Range(0, chance.NextInt(4)).Select(_ => DrawTrouble(chance))]);

    private static Trouble DrawTrouble(RandomStream chance)
    {
        var kind = Kinds[chance.NextInt(Kinds.Length)];
        var (at, lasts) = (chance.Uniform(0.1, 25), chance.Uniform(0.1, 8));
        var stays = kind is TroubleKind.Fault or TroubleKind.Blind or TroubleKind.Semiautomatic && chance.NextInt(3) == 0;
        return new(kind, at, stays ? double.PositiveInfinity : lasts, Codes[chance.NextInt(Codes.Length)]);
    }
}
