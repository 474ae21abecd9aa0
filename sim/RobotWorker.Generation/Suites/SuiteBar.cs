namespace RobotWorker.Generation.Suites;

/// <summary>A figure that a suite's score must reach.</summary>
/// <param name="Text">What is asked for.</param>
/// <param name="Measured">What there is.</param>
/// <param name="Met">Null where no runs say.</param>
public sealed record SuiteBar(string Text, string Measured, bool? Met);
