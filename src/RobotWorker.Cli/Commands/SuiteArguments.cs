using System.CommandLine;
using System.CommandLine.Parsing;

namespace RobotWorker.Cli.Commands;

/// <summary>What <c>faults score --suite</c> takes besides.</summary>
/// <param name="Folder">Where outcomes and scores go.</param>
/// <param name="Tuning">The seeds that thresholds may be set by, instead of those that are scored.</param>
/// <param name="Conditions">Only these; empty: all.</param>
/// <param name="Faults">Only these; empty: all.</param>
/// <param name="Runs">Runs of each fault, instead of the suite's.</param>
/// <param name="Clean">Simulated time without a fault, instead of the suite's.</param>
internal sealed record SuiteRequest(string Folder, bool Resume, int Jobs, bool Tuning, string[] Conditions, string[] Faults, int? Runs, TimeSpan? Clean);

internal sealed class SuiteArguments
{
    private readonly Option<string?> suite = new("--suite") { Description = "A suite of faults (docs/fault-suite.md), such as sim/faults/suite.yaml", HelpName = "FILE" };
    private readonly Option<string> output = new("--output") { Description = "With --suite: the folder for outcomes, scores and the page with pictures", HelpName = "DIR", DefaultValueFactory = _ => "fault-suite" };
    private readonly Option<bool> resume = new("--resume") { Description = "With --suite: goes on with the outcomes that the folder has" };
    private readonly Option<int> jobs = new("--jobs") { Description = "With --suite: runs at the same time (default: one a core)", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string> seeds = new("--seeds") { Description = "With --suite: 'scoring', or 'tuning' for the seeds that thresholds may be set by", HelpName = "WHICH", DefaultValueFactory = _ => "scoring" };
    private readonly Option<string[]> condition = new("--condition") { Description = "With --suite: only this condition, or these (default: all)", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> fault = new("--fault") { Description = "With --suite: only this fault, or these (default: all)", HelpName = "CODE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int?> runs = new("--runs") { Description = "With --suite: so many runs of each fault instead of the suite's number", HelpName = "N" };
    private readonly Option<double?> clean = new("--clean") { Description = "With --suite: so many simulated hours without a fault instead of the suite's", HelpName = "HOURS" };

    public SuiteArguments()
    {
        seeds.AcceptOnlyFromAmong("scoring", "tuning");
        jobs.MustBeFrom(1, 256);
        runs.MustBeFrom(0, 1000);
        clean.Must(n => n is >= 0 and <= 10_000, "--clean: from 0 to 10000 hours.");
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[suite, output, resume, jobs, seeds, condition, fault, runs, clean]) command.Options.Add(option);
    }

    public bool IsGiven(CommandResult result) => result.GetResult(suite) is not null;

    public string? File(ParseResult parsed) => parsed.GetValue(suite);

    public SuiteRequest Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(output), parsed.GetValue(resume), parsed.GetValue(jobs), parsed.GetValue(seeds) == "tuning", parsed.GetValue(condition) ?? [],
        parsed.GetValue(fault) ?? [], parsed.GetValue(runs), parsed.GetValue(clean) is { } hours ? TimeSpan.FromHours(hours) : null);
}
