using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Skills.Lines;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What it is, in the profile's words: <c>joint_states</c>, <c>actions.navigate</c>.</param>
/// <param name="IsRight">Whether it is as the skills need it.</param>
/// <param name="Found">What was found.</param>
/// <param name="Right">What would be right; null where it is.</param>
public sealed record CheckFinding(string Subject, bool IsRight, string Found, string? Right = null);

/// <summary>Whether a skill can work on the robot.</summary>
/// <param name="Missing">The subjects that keep it from working.</param>
public sealed record SkillCheck(string Skill, bool Works, ImmutableArray<string> Missing);

/// <summary>What a robot's graph has of what its profile says.</summary>
public sealed record RobotCheckReport(
    string Robot, string Address, RosDialect Dialect, ImmutableArray<CheckFinding> Findings, ImmutableArray<SkillCheck> Skills)
{
    /// <summary>Whether every skill can work, and the robot can be stopped as its profile says.</summary>
    public bool AllWork => Skills.All(s => s.Works) && Findings.All(f => f.IsRight || !Stops(f.Subject));

    private static bool Stops(string subject) => subject.StartsWith("services.", StringComparison.Ordinal) || subject.StartsWith("topics.", StringComparison.Ordinal);
}
