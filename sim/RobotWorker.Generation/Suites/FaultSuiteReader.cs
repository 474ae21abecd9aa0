using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Sim.Faults;

namespace RobotWorker.Generation.Suites;

/// <summary>Reads a suite's file, with the plans, scenes and faults that it names. Nothing runs before all of it is right.</summary>
public static class FaultSuiteReader
{
    private const string Format = "robotworker/v1";

    // The seeds of one fault's runs end where the next one's begin.
    private const int MostRuns = SuiteProgram.SeedsOfAFault;

    private static readonly ImmutableArray<string> Policies = [SuiteRun.Word(SuitePolicy.Recovery), SuiteRun.Word(SuitePolicy.Off), SuiteRun.Word(SuitePolicy.PlainRetry)];

    /// <returns>Null when the bag says why.</returns>
    public static FaultSuite? Read(string file, DiagnosticBag bag)
    {
        if (JobReader.ReadText(file, bag) is not { } text) return null;
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a suite of faults", bag) is not { } fields) return null;
        fields.Format("suite", Format);
        var name = fields.Name("name");
        var runs = fields.OptionalInteger("runs", 1, MostRuns) ?? 20;
        var clean = fields.OptionalDuration("clean") ?? TimeSpan.Zero;
        var seeds = fields.Fields("seeds", "'seeds'") is { } s ? ReadSeeds(s) : new(0, 0);
        var conditions = ReadConditions(fields, runs, clean);
        var tasks = ReadTasks(fields, file, conditions, bag);
        ImmutableArray<SuiteFault> faults = [.. fields.List("faults").Select(node => ReadFault(node, file, tasks, bag)).OfType<SuiteFault>()];
        fields.End();
        CheckTwice(faults.Select(f => f.Code), "fault", fields.PlaceOf("faults"), bag);
        if (tasks.IsEmpty && !bag.HasErrors) bag.Error(Codes.Missing, fields.PlaceOf("tasks"), "a suite has at least one task");
        return bag.HasErrors ? null : new(name, SumOf(text, tasks), tasks, faults, seeds, [.. conditions.Select(c => c.Condition)]);
    }

    private static SuiteSeeds ReadSeeds(FieldReader fields)
    {
        var (tuning, scoring) = (fields.Integer("tuning", 0), fields.Integer("scoring", 0));
        // Far enough apart for a thousand faults and for all clean runs.
        if (Math.Abs((long)tuning - scoring) < 10_000_000)
            fields.Bag.Error(Codes.OutOfRange, fields.Place, $"the seeds of tuning ({tuning}) and of scoring ({scoring}) are nearer than 10,000,000: a run of one could be a run of the other");
        fields.End();
        return new((ulong)tuning, (ulong)scoring);
    }

    private static ImmutableArray<(SuiteCondition Condition, string? Scene)> ReadConditions(FieldReader fields, int runs, TimeSpan clean)
    {
        var all = ImmutableArray.CreateBuilder<(SuiteCondition, string?)>();
        ImmutableArray<SuitePolicy> every = [SuitePolicy.Recovery, SuitePolicy.Off, SuitePolicy.PlainRetry];
        all.Add((new(FaultSuite.Standard, every, runs, clean, false, false, 1, 1), null));
        foreach (var entry in fields.OptionalEntries("conditions"))
        {
            if (FieldReader.Over(entry.Value, $"the condition '{entry.Name}'", fields.Bag) is not { } one) continue;
            var policies = one.OptionalList("policies").Select(node => Policy(node, fields.Bag)).OfType<SuitePolicy>().ToImmutableArray();
            all.Add((new(
                entry.Name, policies.IsEmpty ? [SuitePolicy.Recovery] : policies, one.OptionalInteger("runs", 0, MostRuns) ?? runs, one.OptionalDuration("clean") ?? TimeSpan.Zero,
                one.OptionalTexts("mute").Contains("diagnostics"), one.OptionalFlag("other_magnitudes") ?? false, one.OptionalNumber("sensor_noise", 0, 10) ?? 1,
                one.OptionalNumber("sensor_rate", 0.1, 1) ?? 1) { Latency = one.OptionalDuration("latency") ?? TimeSpan.Zero }, one.OptionalText("scene")));
            one.End();
        }
        CheckTwice(all.Select(c => c.Item1.Name), "condition", fields.PlaceOf("conditions"), fields.Bag);
        return all.ToImmutable();
    }

    private static SuitePolicy? Policy(DocumentNode node, DiagnosticBag bag)
    {
        var word = (node as ScalarNode)?.Text ?? "";
        if (Policies.IndexOf(word) is >= 0 and var index) return (SuitePolicy)index;
        bag.Error(Codes.NotAChoice, node.Place, $"'{word}' is no policy", Nearest.Help(word, Policies));
        return null;
    }

    private static ImmutableArray<SuiteTask> ReadTasks(FieldReader fields, string file, ImmutableArray<(SuiteCondition Condition, string? Scene)> conditions, DiagnosticBag bag)
    {
        var tasks = ImmutableArray.CreateBuilder<SuiteTask>();
        foreach (var entry in fields.OptionalEntries("tasks"))
        {
            if (FieldReader.Over(entry.Value, $"the task '{entry.Name}'", bag) is not { } one) continue;
            var (plan, within) = (one.Text("plan"), one.Duration("within", TimeSpan.FromSeconds(2)));
            one.End();
            if (plan.Length == 0) continue;
            var jobs = ImmutableSortedDictionary.CreateBuilder<string, Job>(StringComparer.Ordinal);
            foreach (var (condition, scene) in conditions)
            {
                // The plan's own faults are its demonstration's: the suite brings its own.
                if (JobReader.Read(JobReader.Beside(file, plan), scene is null ? null : JobReader.Beside(file, scene), bag) is not { } job) continue;
                jobs[condition.Name] = job with { Faults = [] };
                if (condition.Name == FaultSuite.Standard && !PlainSequence.CanRun(job.Plan))
                    bag.Error(Codes.WrongKind, one.PlaceOf("plan"), $"the plan of '{entry.Name}' is no sequence of skills", "the policies without a worker, off and plain_retry, run nothing else");
            }
            tasks.Add(new(entry.Name, within, jobs.ToImmutable()));
        }
        return tasks.ToImmutable();
    }

    private static SuiteFault? ReadFault(DocumentNode node, string file, ImmutableArray<SuiteTask> tasks, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, "a fault of the suite", bag) is not { } fields) return null;
        // One that could not be read was complained of before.
        var job = tasks.SelectMany(t => t.Jobs.Values).FirstOrDefault();
        var named = fields.OptionalNames("tasks");
        foreach (var task in named.Where(n => tasks.All(t => t.Name != n)))
            bag.Error(Codes.NotAChoice, fields.PlaceOf("tasks"), $"there is no task '{task}' in the suite", Nearest.Help(task, [.. tasks.Select(t => t.Name)]));
        var hard = fields.OptionalFlag("hard") ?? false;
        var within = fields.OptionalDuration("within", TimeSpan.FromSeconds(2));
        var other = fields.OptionalFields("other", "'other'");
        if (FaultReader.ReadHardware(fields, job?.Scene, job?.Robot) is not { } fault) return null;
        fields.End();
        if (fault.Duration is null)
        {
            bag.Error(Codes.Missing, fields.Place, $"{fault.Kind} needs a 'duration': what never ends can only be given up");
            return null;
        }
        var others = other is null ? fault : FaultReader.ReadNumbers(other, fault, job?.Robot);
        other?.End();
        return new(fault, named.IsEmpty ? [.. tasks.Select(t => t.Name)] : named, within, others, hard);
    }

    private static void CheckTwice(IEnumerable<string> names, string what, Place place, DiagnosticBag bag)
    {
        foreach (var twice in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
            bag.Error(Codes.GivenTwice, place, $"the {what} '{twice.Key}' is there {twice.Count()} times");
    }

    private static string SumOf(string text, ImmutableArray<SuiteTask> tasks)
    {
        var all = string.Concat(tasks.SelectMany(t => t.Jobs.Values).SelectMany(j => j.Documents).Select(d => d.Text).Prepend(text));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }
}
