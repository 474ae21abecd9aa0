using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Suites;

/// <summary>One run of a suite: with what it is made from it gives the same outcome each time.</summary>
/// <param name="Fault">The code of what strikes; null: a clean run.</param>
/// <param name="Number">Of the runs of this fault, from 0. The same number has the same seed and moment under each condition and policy.</param>
public sealed record SuiteRun(string Condition, SuitePolicy Policy, string? Fault, string Task, int Number, ulong Seed)
{
    /// <summary>Names it in the list of outcomes: <c>standard/recovery/ARM_HOT/7</c>.</summary>
    [JsonIgnore]
    public string Id => $"{Condition}/{Word(Policy)}/{Fault ?? "clean"}/{Number}";

    public static string Word(SuitePolicy policy) => policy switch
    {
        SuitePolicy.Off => "off",
        SuitePolicy.PlainRetry => "plain_retry",
        _ => "recovery",
    };
}
