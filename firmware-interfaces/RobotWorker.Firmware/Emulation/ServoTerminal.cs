using System.Buffers;
using System.Runtime.Versioning;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Firmware.Emulation;

/// <summary>
/// Emulated servos on a pseudo-terminal, on a thread of their own: a serial port with an arm behind it, for any program that speaks to one. Their time is the real one, or whoever owns them lets it pass
/// (<see cref="Between"/>).
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ServoTerminal : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);

    // A thread that slept does not make up more than that: the arm would jump.
    private const double LongestStepSeconds = 0.05;

    private readonly PseudoTerminal terminal = new();
    private readonly ServoBench bench;
    private readonly TimeProvider? time;
    private readonly bool echoes;
    private readonly TimeSpan latency;
    private readonly Lock gate = new();
    private readonly Thread thread;
    private readonly ManualResetEventSlim over = new();

    /// <param name="time">What passes for the servos; null: their owner lets it pass.</param>
    /// <param name="echoes">Whether whoever sends hears itself, as on a single data line.</param>
    /// <param name="latency">How long each answer is on its way beside the bytes' own time, as behind a USB adapter (1 to 16 ms); whole milliseconds.</param>
    /// <exception cref="IOException">The system gives no pseudo-terminal.</exception>
    public ServoTerminal(ServoBench bench, TimeProvider? time, bool echoes = false, TimeSpan latency = default)
    {
        (this.bench, this.time, this.echoes, this.latency) = (bench, time, echoes, latency);
        thread = new(Live) { IsBackground = true, Name = "emulated servos" };
        thread.Start();
    }

    /// <summary>The port's path.</summary>
    public string Port => terminal.Slave;

    /// <summary>Pulls the cable.</summary>
    public void Dispose()
    {
        over.Set();
        thread.Join(TimeSpan.FromSeconds(2));
        terminal.Dispose();
    }

    /// <summary>Does something with the servos while no byte arrives: lets their time pass, heats one.</summary>
    public void Between(Action work)
    {
        lock (gate) work();
    }

    private void Live()
    {
        var buffer = new byte[4096];
        var answers = new ArrayBufferWriter<byte>();
        var last = time?.GetTimestamp() ?? 0;
        while (!over.IsSet)
        {
            var count = terminal.Read(buffer, Slice);
            if (count > 0) Answer(buffer.AsSpan(0, count), answers);
            // Bytes that follow each other closely must not starve the clock.
            if (time is null || (count > 0 && time.GetElapsedTime(last) < Slice)) continue;
            var now = time.GetTimestamp();
            lock (gate) bench.Advance(Math.Min(time.GetElapsedTime(last, now).TotalSeconds, LongestStepSeconds));
            last = now;
        }
    }

    private void Answer(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> answers)
    {
        answers.ResetWrittenCount();
        if (echoes) answers.Write(bytes);
        lock (gate) bench.Receive(bytes, answers);
        if (latency > TimeSpan.Zero) over.Wait(latency);
        try
        {
            if (answers.WrittenCount > 0) terminal.Write(answers.WrittenSpan);
        }
        catch (IOException)
        {
            // Nobody has the port open any more: what was answered is lost, as on a wire.
        }
    }
}
