using RobotWorker.Diagnostics;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>From a profile to the line to its robot: here the token is read, which no document holds.</summary>
public static class RobotLines
{
    /// <param name="problem">Hears of what the wire finds wrong; on the loop.</param>
    /// <returns>Null where there is no connection to make, or the bag says why.</returns>
    public static RobotLine? Of(RobotProfile profile, Action<string>? problem, DiagnosticBag bag) =>
        profile.Connection is { } connection ? Of(connection, problem, bag) : null;

    /// <inheritdoc cref="Of(RobotProfile, Action{string}, DiagnosticBag)"/>
    public static RobotLine? Of(ProfileConnection connection, Action<string>? problem, DiagnosticBag bag)
    {
        string? token = null;
        if (connection.TokenFile is { } file && (token = JobReader.ReadText(file, bag)?.Trim()) is null) return null;
        return new(connection.Address) { Dialect = connection.Dialect, Token = token, Problem = problem };
    }
}
