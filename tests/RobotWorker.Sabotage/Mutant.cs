namespace RobotWorker.Sabotage;

/// <summary>One rule taken out or changed.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="File">Below the project's folder.</param>
/// <param name="Find">What stands there, exactly and once.</param>
/// <param name="Replace">What stands there instead.</param>
/// <param name="Tests">Regular expressions over classes of tests, run one after the other until a test fails.</param>
internal sealed record Mutant(string Name, string Project, string File, string Find, string Replace, IReadOnlyList<string> Tests);
