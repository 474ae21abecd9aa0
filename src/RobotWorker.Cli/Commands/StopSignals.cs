using System.Runtime.InteropServices;

namespace RobotWorker.Cli.Commands;

/// <summary>Ctrl-C, SIGTERM and SIGHUP (the terminal was closed) stop: the robot first. A second one calls the protective stop of a robot behind a wire at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;

    public StopSignals(Action stop, Action told)
    {
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            told();
            stop();
        }))];
    }

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
    }
}
