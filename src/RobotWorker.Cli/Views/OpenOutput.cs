using Microsoft.Win32.SafeHandles;

namespace RobotWorker.Cli.Views;

/// <summary>Standard output of a command that prints until it is told to stop. The console's own writer does not tell when a pipe's reader has gone: this one does.</summary>
internal sealed class OpenOutput : IDisposable
{
    private readonly TextWriter writer = Console.IsOutputRedirected
        ? new StreamWriter(new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0)) { AutoFlush = true }
        : Console.Out;

    /// <summary>Whether nobody reads on.</summary>
    public bool IsGone { get; private set; }

    public void WriteLine(string text)
    {
        if (IsGone) return;
        try
        {
            writer.WriteLine(text);
        }
        catch (IOException)
        {
            IsGone = true;
        }
    }

    public void Dispose()
    {
        if (Console.IsOutputRedirected && !IsGone) writer.Dispose();
    }
}
