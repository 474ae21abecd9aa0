using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace RobotWorker.Testing;

/// <summary>
/// The real firmware in simavr while time passes as it does, its UART on a pseudo-terminal: a serial port with a board behind it, for any program that opens one. A machine that is busy gives the board less
/// time, never more; whoever cannot be late slows the board down.
/// </summary>
/// <param name="percent">Of the wall's pace.</param>
public sealed class BoardTerminal : IDisposable
{
    // Against hangs alone.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly Thread reader;
    private readonly Lock gate = new();
    private readonly List<(long Cycle, bool Closed)> relay = [];
    private readonly string folder = Directory.CreateTempSubdirectory("board").FullName;
    private long? unplugged;
    private long? opened;
    private bool isPlugged;

    public BoardTerminal(int percent = 100)
    {
        string[] arguments = [BoardFirmware.Elf, "--pty", percent.ToString(CultureInfo.InvariantCulture)];
        process = Process.Start(new ProcessStartInfo(BoardFirmware.Runner, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("cannot start the emulated board");
        process.BeginErrorReadLine();
        reader = new(Read) { IsBackground = true };
        reader.Start();
        Until(() => isPlugged, "the board's port");
    }

    /// <summary>The port's path: a link to the pseudo-terminal, as those in /dev/serial/by-id are, so that it has the same name when the board is plugged in again.</summary>
    public string Port => Path.Combine(folder, "board");

    /// <summary>When the relay opened or closed, in the board's cycles.</summary>
    public IReadOnlyList<(long Cycle, bool Closed)> Relay
    {
        get
        {
            lock (gate) return [.. relay];
        }
    }

    public bool IsClosed => Relay is [.., var last] && last.Closed;

    /// <summary>Opens the emergency stop's contact, or breaks its wire.</summary>
    /// <returns>When it was open, by <see cref="Stopwatch.GetTimestamp"/>.</returns>
    public long OpenContact()
    {
        lock (gate) opened = null;
        Do("estop open");
        Until(() => opened is not null, "the open contact");
        lock (gate) return opened!.Value;
    }

    public void Do(string command)
    {
        process.StandardInput.WriteLine(command);
        process.StandardInput.Flush();
    }

    /// <summary>Pulls the cable.</summary>
    /// <returns>The board's cycle at which it happened.</returns>
    public long Unplug()
    {
        Do("unplug");
        Until(() => unplugged is not null, "the pulled cable");
        lock (gate) return unplugged!.Value;
    }

    public void Plug()
    {
        lock (gate) unplugged = null;
        Do("plug");
        Until(() => isPlugged, "the board's port");
    }

    public void Until(Func<bool> holds, string what)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(5))
        {
            lock (gate)
                if (holds()) return;
            if (waited.Elapsed > Limit || process.HasExited) Assert.Fail($"{what} did not come; relay: {string.Join(", ", Relay)}");
        }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(5000)) process.Kill();
        reader.Join();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Read()
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            lock (gate)
            {
                switch (words[0])
                {
                    case "pty":
                        File.Delete(Port);
                        File.CreateSymbolicLink(Port, words[1]);
                        isPlugged = true;
                        break;
                    case "contact" when words[2] == "1":
                        // Of Linux, where a stopwatch counts the nanoseconds of the monotonic clock.
                        opened = Number(words[1]);
                        break;
                    case "unplugged":
                        unplugged = Number(words[1]);
                        isPlugged = false;
                        break;
                    case "relay":
                        relay.Add((Number(words[1]), words[2] == "1"));
                        break;
                }
            }
        }
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
