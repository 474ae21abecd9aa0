namespace RobotWorker.Recording.Journals;

/// <summary>One process writes a journal. The lock is the operating system's: it ends with the process, however that ends.</summary>
internal static class JournalLock
{
    /// <returns>Null when another process has it.</returns>
    public static FileStream? TryTake(string journal)
    {
        try
        {
            return new FileStream(journal + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
