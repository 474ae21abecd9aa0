namespace RobotWorker.Cli.Views;

/// <summary>How far long work has come: one line that is written over on a terminal, a line every so often anywhere else.</summary>
internal sealed class ProgressLine(TextWriter output, TimeProvider time, TimeSpan pause) : IDisposable
{
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private long? told;

    public static void Stopping() => Console.Error.WriteLine("\nStopping: what is done is kept, and --resume goes on from there.");

    /// <param name="last">It is the last, and told in any case.</param>
    public void Show(Func<string> line, bool last = false)
    {
        if (!isTerminal && !last && told is { } before && time.GetElapsedTime(before) < pause) return;
        told = time.GetTimestamp();
        var text = line();
        if (isTerminal) output.Write($"\r\x1b[K{text[..Math.Min(text.Length, Width())]}");
        else output.WriteLine(text);
    }

    public void Dispose()
    {
        if (isTerminal && told is not null) output.Write("\r\x1b[K");
        told = null;
    }

    private static int Width()
    {
        try
        {
            return Math.Max(20, Console.WindowWidth - 1);
        }
        catch (IOException)
        {
            return 79;
        }
    }
}
