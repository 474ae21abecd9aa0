namespace RobotWorker.Cli.Views;

/// <summary>
/// The lines of the terminal, read by one thread for as long as the process lives: a silent pipe blocks nobody else, and a question that was cancelled
/// leaves no reader behind that would take the next one's answer.
/// </summary>
internal sealed class TerminalLines(TextReader input)
{
    private readonly Lock gate = new();
    private readonly Queue<string> unread = new();
    private Action<string?>? waiting;
    private bool reading;
    private bool closed;

    /// <summary>Hands the next line on, or null when there will be none, on any thread. Who waited before waits no more.</summary>
    public void Next(Action<string?> take)
    {
        lock (gate)
        {
            if (unread.TryDequeue(out var line)) take(line);
            else if (closed) take(null);
            else waiting = take;
            if (reading) return;
            reading = true;
            new Thread(ReadAll) { IsBackground = true, Name = "terminal" }.Start();
        }
    }

    /// <summary>Nobody waits any more; the next line is kept.</summary>
    public void Forget()
    {
        lock (gate) waiting = null;
    }

    private void ReadAll()
    {
        string? line;
        do
        {
            line = input.ReadLine();
            Arrived(line);
        }
        while (line is not null);
    }

    private void Arrived(string? line)
    {
        lock (gate)
        {
            closed = line is null;
            var take = waiting;
            waiting = null;
            if (take is not null) take(line);
            else if (line is not null) unread.Enqueue(line);
        }
    }
}
