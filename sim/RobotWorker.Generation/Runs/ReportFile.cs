using RobotWorker.Episodes;

namespace RobotWorker.Generation.Runs;

/// <summary>Writes a report whole or not at all: a full disk leaves no half of one, and an older one as it was.</summary>
public static class ReportFile
{
    /// <returns>Null when it is written, else why not, in one line.</returns>
    public static string? TryWrite(string path, EpisodeReport report)
    {
        var partial = path + ".partial";
        try
        {
            File.WriteAllText(partial, ReportJson.Write(report));
            File.Move(partial, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path}: {e.Message.TrimEnd('.')}";
        }
    }
}
