namespace RobotWorker.Recording;

/// <summary>One process works on a file or folder. The lock is the operating system's: it ends with the process, however that ends.</summary>
public static class FileLock
{
    /// <param name="file">What is held; made where it is missing.</param>
    /// <returns>Null when another process has it.</returns>
    public static IDisposable? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
