using CsCheck;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Skills;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>The invariants of safe retry over random outcomes, blindness, faults, pauses and stops.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class RandomRunTests(Pace pace)
{
    private const string Root = """
        id: root
        sequence:
        - {id: first, fallback: [{id: pourA, skill: pour, args: {object: cup1}}, {id: rest, skill: peek}]}
        - {id: both, parallel: {success: 1, steps: [{id: go, skill: go, args: {to: there}}, {id: wave, skill: wave}]}}
        - {id: each, foreach: {each: cup, where: {on: [cup, table]}, do: {id: job, sequence: [{id: grasp, skill: pick, args: {object: $cup}, on_failure: {ask: help, options: [skip, retry, abort]}}, {id: put, skill: put, args: {object: $cup, target: shelf}}]}}}
        """;

    private static readonly string[] Codes = [.. Kitchen.Faults.ByCode.Keys];

    private static readonly Gen<Trial> Trials = Gen.Select(
        Gen.Int[0, 99].Array[60], Gen.Select(Gen.Double[0.1, 30], Gen.Int[0, 7], Gen.Double[0.2, 8]).Array[0, 5], Gen.Int[0, 4].Array[12],
        (dice, troubles, answers) => new Trial(dice, troubles, answers));

    [Test]
    public void RandomRuns_KeepTheInvariants() => Trials.Sample(Check, iter: 1500, print: t => t.ToString());

    private void Check(Trial trial)
    {
        var bench = new Bench(pace) { CheckFold = false };
        var draws = 0;
        int Draw() => trial.Dice[draws++ % trial.Dice.Length];
        var pouredFor = new HashSet<string>();
        TimeSpan? stopAt = null;
        TimeSpan? stoppedAt = null;

        foreach (var (at, kind, lasts) in trial.Troubles)
        {
            if (kind < 4)
            {
                var code = Codes[kind % Codes.Length];
                bench.At(at, () => bench.Confirm(code));
                if (kind > 0) bench.At(at + lasts, () => bench.Heal(code));
            }
            else if (kind < 6)
            {
                bench.At(at, bench.Worker.Pause);
                bench.At(at + lasts, bench.Worker.Resume);
            }
            else if (kind == 6) bench.At(at, () => bench.Robot.Hidden.UnionWith(["poured", "holding", "localized"]));
            else
            {
                bench.At(at, () =>
                {
                    stopAt ??= bench.Loop.Elapsed;
                    bench.Stop.Cancel();
                });
            }
        }
        foreach (var answer in trial.Answers) bench.Answers.Enqueue(answer switch { 0 => "retry", 1 => "skip", 2 => "continue", 3 => "abort", _ => null });
        bench.Robot.Otherwise = _ => Draw() switch
        {
            < 55 => new(),
            < 65 => Behaviour.Fails("MISSED"),
            < 72 => Behaviour.Fails("LIED", effect: true),
            < 80 => new(Effect: false),
            < 84 => new(Hangs: true),
            < 87 => new(Deaf: true),
            < 91 => new(Throws: new IOException("broken pipe")),
            < 95 => Behaviour.Fails("HALF", then: r => r.True.Remove("full(cup1)")),
            _ => new(Reported: Outcome.Unknown, Code: "LOST"),
        };
        bench.Always = state =>
        {
            foreach (var (number, _) in state.Flights)
                foreach (var (_, fault) in state.Faults)
                    foreach (var resource in ((StepState)state.Nodes[number]).Bound.Resources)
                        Assert.That(
                            Kitchen.Faults.Forbids(fault.Code, resource) && ((StepState)state.Nodes[number]).Phase == StepPhase.Running, Is.False,
                            $"{state.Nodes[number].Path} goes on though {fault.Code} is active");
        };
        // Gathered, not thrown: what a robot throws while it looks is a report to the worker.
        List<string> wrong = [];
        bench.Robot.MovesArmToLook = () =>
        {
            foreach (var (_, fault) in bench.State.Faults)
                if (Kitchen.Faults.Forbids(fault.Code, "arm") && fault.ConfirmedAt < bench.Robot.Now) wrong.Add($"a look moves the arm though {fault.Code} is active");
            if (bench.State.Resources.ContainsKey("arm") || bench.State.Resources.ContainsKey("base")) wrong.Add("a look moves an arm that is in use");
            if (bench.Robot.LooksMovingArm > 1) wrong.Add("two looks move the arm");
        };
        bench.Robot.Starting = attempt =>
        {
            var skill = Kitchen.Skills.Skills[attempt.Skill];
            foreach (var (_, fault) in bench.State.Faults)
                foreach (var resource in skill.Resources)
                    Assert.That(Kitchen.Faults.Forbids(fault.Code, resource), Is.False, $"{attempt.Path} starts though {fault.Code} is active");
            Assert.That(bench.State.Halt, Is.Null, "nothing starts while the robot is being stopped");
            Assert.That(stopAt, Is.Null, "nothing starts after a stop");
            if (skill.EffectClass != EffectClass.Irreversible || pouredFor.Add(attempt.Path)) return;
            // A second time only when it was seen that the first did nothing, or a person said so.
            var last = bench.State.Recoveries.Last(r => r.Step == attempt.Path)!;
            Assert.That(last!.Effect == RobotWorker.Recovery.Effect.NotStarted || last.Evidence.Contains("a person answered retry"), last.ToString());
        };

        bench.Run(Kitchen.Plan(Root, "limits: {deadline: 200s}"));

        stoppedAt = bench.Loop.Elapsed;
        Assert.That(wrong, Is.Empty);
        Assert.That(bench.State.Ended, Is.Not.Null);
        Assert.That(bench.Loop.Elapsed, Is.LessThan(TimeSpan.FromSeconds(230)), "every run ends");
        if (stopAt is { } asked)
            Assert.That(stoppedAt - asked, Is.LessThan(TimeSpan.FromSeconds(12)), "cancel 2 s, protective stop 3 s, still twice 4 s");
    }

    private sealed record Trial(int[] Dice, (double At, int Kind, double Lasts)[] Troubles, int[] Answers)
    {
        public override string ToString() =>
            $"dice [{string.Join(", ", Dice)}] troubles [{string.Join(", ", Troubles)}] answers [{string.Join(", ", Answers)}]";
    }
}
