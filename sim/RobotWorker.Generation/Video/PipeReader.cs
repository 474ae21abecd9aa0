namespace RobotWorker.Generation.Video;

/// <summary>Reads a child's output on a thread of its own: a child whose pipe is full stands still.</summary>
internal sealed class PipeReader
{
    private readonly Thread thread;
    private string text = "";

    public PipeReader(TextReader reader)
    {
        thread = new Thread(() => text = reader.ReadToEnd()) { IsBackground = true };
        thread.Start();
    }

    /// <summary>All of it; waits for the child to close its end.</summary>
    public string Text
    {
        get
        {
            thread.Join();
            return text;
        }
    }
}
