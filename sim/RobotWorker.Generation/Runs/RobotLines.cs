using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RobotWorker.Diagnostics;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>From a profile to the line to its robot: here its files are read: the token, which no document holds, and the certificates that are believed.</summary>
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
        X509Certificate2Collection? authorities = null;
        if (connection.CaFile is { } ca && (authorities = ReadAuthorities(ca, bag)) is null) return null;
        return new(connection.Address) { Dialect = connection.Dialect, Token = token, Authorities = authorities, Problem = problem };
    }

    private static X509Certificate2Collection? ReadAuthorities(string file, DiagnosticBag bag)
    {
        if (JobReader.ReadText(file, bag) is not { } text) return null;
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            bag.Error(Codes.UnreadFile, new(file, 0, 0), $"the certificates cannot be read: {e.Message}", "give a PEM file: -----BEGIN CERTIFICATE-----");
            return null;
        }
        if (found.Count > 0) return found;
        bag.Error(Codes.UnreadFile, new(file, 0, 0), "there is no certificate in it", "give a PEM file: -----BEGIN CERTIFICATE-----");
        return null;
    }
}
