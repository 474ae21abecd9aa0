using System.Globalization;
using RobotWorker.Diagnostics;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Cli.Views;

/// <summary>A catalogue of faults as a table, a line each.</summary>
internal static class FaultCatalogueView
{
    public static void Print(TextWriter output, FaultCatalogue catalogue)
    {
        var lines = catalogue.ByCode.Values.Select(f => new[] { f.Code, f.Component, f.Level.ToString().ToLowerInvariant(), Forbidden(f), Recovery(f), Found(f) })
            .Prepend(["fault", "component", "level", "forbids", "recovery", "found by"]).ToList();
        var widths = lines[0].Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines) output.WriteLine(string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    private static string Forbidden(FaultDefinition fault) => fault.NeedsPerson ? "everything" : fault.Forbids.IsEmpty ? "nothing" : string.Join(", ", fault.Forbids);

    private static string Recovery(FaultDefinition fault)
    {
        if (fault.NeedsPerson) return "a person";
        if (fault.Forbids.IsEmpty && fault.Doubts.IsEmpty) return "-";
        var policy = fault.Recovery;
        var attempts = policy.Attempts ?? ExecutionOptions.Default.RecoveriesPerFault;
        var times = attempts switch
        {
            0 => "a person",
            1 => "once",
            _ => $"{attempts} times",
        };
        return attempts > 0 && policy.Backoff > TimeSpan.Zero ? $"{times}, after {Duration.Write(policy.Backoff)}" : times;
    }

    /// <summary>Its first rule in a few words, and how many more there are.</summary>
    private static string Found(FaultDefinition fault) => fault.Detectors switch
    {
        [] => "nothing that the robot tells",
        [var only] => Words(only),
        [var first, .. var rest] => $"{Words(first)}, and {rest.Length} more",
    };

    private static string Words(DetectorRule rule) => rule switch
    {
        DetectorRule.OutOfBounds bounds => $"{bounds.Signal} {(bounds.Side == WrongSide.Below ? "below" : "above")} {Words(bounds.Limit, bounds.Unit)}{For(bounds.Confirm)}",
        DetectorRule.Silent silent => $"{silent.Signal} silent for {Duration.Write(silent.After)}",
        DetectorRule.Detected { Detector: Stuck stuck } detected => $"{detected.Signals[0]} stuck for {Duration.Write(TimeSpan.FromSeconds(stuck.StillSeconds))}",
        DetectorRule.Detected { Detector: RateOfChange rate } detected => $"{detected.Signals[0]} faster than {Number(rate.LimitPerSecond)}/s",
        DetectorRule.Detected detected => $"{detected.Detector.GetType().Name} of {string.Join(", ", detected.Signals)}{For(detected.Confirm)}",
        DetectorRule.PerJoint { Joints: { IsEmpty: false } joints } some => $"{Words(some.Rule)} (joint {string.Join(", ", joints)})",
        DetectorRule.PerJoint every => $"{Words(every.Rule)} (every joint)",
        _ => throw new InvalidOperationException($"no such rule: {rule.GetType().Name}"),
    };

    private static string Words(Level level, string unit)
    {
        var offset = level.Offset == 0 && level.Of is not null ? "" : $"{Number(level.Offset)}{(unit.Length > 0 ? $" {unit}" : "")}";
        if (level.Of is not { } other) return offset;
        var share = level.Times == 1 ? other : $"{Number(level.Times)} times {other}";
        return offset.Length == 0 ? share : level.Offset < 0 ? $"{share} - {offset[1..]}" : $"{share} + {offset}";
    }

    private static string For(TimeSpan confirm) => confirm > TimeSpan.Zero ? $" for {Duration.Write(confirm)}" : "";

    // A limit just above zero, which only the very same value is below, is not zero.
    private static string Number(double value) => value.ToString(value != 0 && Math.Abs(value) < 1e-6 ? "0e-0" : "0.######", CultureInfo.InvariantCulture);
}
