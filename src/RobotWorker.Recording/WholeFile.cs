namespace RobotWorker.Recording;

/// <summary>Writes a text file whole or not at all: a full disk leaves no half of one, and an older one as it was.</summary>
public static class WholeFile
{
    /// <returns>Null when it is written, else why not, in one line.</returns>
    public static string? TryWrite(string path, string text)
    {
        var partial = path + ".partial";
        try
        {
            File.WriteAllText(partial, text);
            File.Move(partial, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path}: {e.Message.TrimEnd('.')}";
        }
    }
}
