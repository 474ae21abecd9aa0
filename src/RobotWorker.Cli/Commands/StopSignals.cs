using System.Runtime.InteropServices;

namespace RobotWorker.Cli.Commands;

/// <summary>Ctrl-C, SIGTERM and SIGHUP (the terminal was closed) stop: the robot first. A second one calls the protective stop of a robot behind a wire at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly Lock gate = new();
    private readonly PosixSignalRegistration[] registrations;
    private bool isOver;

    public StopSignals(Action stop, Action told)
    {
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            // They come on a thread of their own, and a second one when what it would stop is gone already.
            lock (gate)
            {
                if (isOver) return;
                stop();
                try
                {
                    told();
                }
                catch (IOException)
                {
                    // The terminal that it would be told on was closed.
                }
            }
        }))];
    }

    public void Dispose()
    {
        lock (gate) isOver = true;
        foreach (var registration in registrations) registration.Dispose();
    }
}
