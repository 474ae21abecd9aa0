using System.Buffers;
using System.Runtime.Versioning;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Firmware.Emulation;

/// <summary>Emulated servos on a pseudo-terminal, on a thread of their own, in real time: a serial port with an arm behind it, for any program that speaks to one.</summary>
[SupportedOSPlatform("linux")]
public sealed class ServoTerminal : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);

    // A thread that slept does not make up more than that: the arm would jump.
    private const double LongestStepSeconds = 0.05;

    private readonly PseudoTerminal terminal = new();
    private readonly ServoBench bench;
    private readonly TimeProvider time;
    private readonly Thread thread;
    private volatile bool isOver;

    /// <exception cref="IOException">The system gives no pseudo-terminal.</exception>
    public ServoTerminal(ServoBench bench, TimeProvider time)
    {
        (this.bench, this.time) = (bench, time);
        thread = new(Live) { IsBackground = true, Name = "emulated servos" };
        thread.Start();
    }

    /// <summary>The port's path.</summary>
    public string Port => terminal.Slave;

    /// <summary>Pulls the cable.</summary>
    public void Dispose()
    {
        isOver = true;
        thread.Join(TimeSpan.FromSeconds(2));
        terminal.Dispose();
    }

    private void Live()
    {
        var buffer = new byte[4096];
        var answers = new ArrayBufferWriter<byte>();
        var last = time.GetTimestamp();
        while (!isOver)
        {
            var count = terminal.Read(buffer, Slice);
            var now = time.GetTimestamp();
            if (count == 0)
            {
                bench.Advance(Math.Min(time.GetElapsedTime(last, now).TotalSeconds, LongestStepSeconds));
                last = now;
                continue;
            }
            answers.ResetWrittenCount();
            bench.Receive(buffer.AsSpan(0, count), answers);
            try
            {
                if (answers.WrittenCount > 0) terminal.Write(answers.WrittenSpan);
            }
            catch (IOException)
            {
                // Nobody has the port open any more: what was answered is lost, as on a wire.
            }
            // Bytes that follow each other closely must not starve the clock.
            if (time.GetElapsedTime(last, now) < Slice) continue;
            bench.Advance(Math.Min(time.GetElapsedTime(last, now).TotalSeconds, LongestStepSeconds));
            last = now;
        }
    }
}
