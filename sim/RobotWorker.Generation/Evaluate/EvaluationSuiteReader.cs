using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Generate;
using RobotWorker.Generation.Runs;

namespace RobotWorker.Generation.Evaluate;

/// <summary>Reads what policies are evaluated on, with the plans and scenes that it names. Nothing runs before all of it is right.</summary>
public static class EvaluationSuiteReader
{
    private const string Format = "robotworker/v1";

    /// <summary>More than that nobody runs, and seeds stay what they are.</summary>
    public const int MostEpisodes = 100_000;

    /// <returns>Null when the bag says why.</returns>
    public static EvaluationSuite? Read(string file, DiagnosticBag bag)
    {
        if (JobReader.ReadText(file, bag) is not { } text) return null;
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "an evaluation", bag) is not { } fields) return null;
        fields.Format("evaluation", Format);
        var name = fields.Name("name");
        var (seed, episodes) = fields.Fields("seeds", "'seeds'") is { } seeds ? ReadSeeds(seeds) : (0, 0);
        ImmutableArray<EvaluationTask> tasks = [.. fields.OptionalEntries("tasks").Select(entry => ReadTask(entry, file, bag)).OfType<EvaluationTask>()];
        fields.End();
        if (tasks.IsEmpty && !bag.HasErrors) bag.Error(Codes.Missing, fields.PlaceOf("tasks"), "an evaluation has at least one task");
        if (bag.HasErrors) return null;
        return new(name, GenerateSpecReader.Sum([text, .. tasks.SelectMany(t => t.Job.Documents).Select(d => d.Text)]), (ulong)seed, episodes, tasks);
    }

    private static (int Seed, int Episodes) ReadSeeds(FieldReader fields)
    {
        var (first, count) = (fields.Integer("first", 0), fields.Integer("count", 1, MostEpisodes));
        fields.End();
        return (first, count);
    }

    private static EvaluationTask? ReadTask(DocumentField entry, string file, DiagnosticBag bag)
    {
        FieldReader.ToName(entry.Name, entry.Place, bag);
        if (FieldReader.Over(entry.Value, $"the task '{entry.Name}'", bag) is not { } fields) return null;
        var (plan, scene, deadline) = (fields.Text("plan"), fields.OptionalText("scene"), fields.OptionalDuration("deadline"));
        fields.End();
        if (plan.Length == 0 || JobReader.Read(JobReader.Beside(file, plan), scene is null ? null : JobReader.Beside(file, scene), bag) is not { } job) return null;
        if (job.Plan.Goal is null)
        {
            bag.Error(Codes.Missing, fields.PlaceOf("plan"), $"the plan of '{entry.Name}' has no goal, so nobody could say which runs succeeded", "give the plan a 'goal'");
            return null;
        }
        return new(entry.Name, job.WithoutFaults(), deadline ?? job.Plan.Limits.Deadline);
    }
}
