using System.Diagnostics;
using System.Globalization;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Testing;

/// <summary>
/// The real firmware in simavr, on a clock that passes only while somebody waits for it: what it does is the same each time, however busy the machine. It is the link to the board as well as the
/// clock by which the host reckons.
/// </summary>
public sealed class EmulatedBoard : TimeProvider, IByteLink
{
    private const long Hertz = 16_000_000;

    // As fine as a host that polls every millisecond.
    private const int SliceMicroseconds = 1000;

    private readonly Process process;
    private readonly Queue<byte> sent = new();
    private readonly List<(long Cycle, bool Closed)> relay = [];
    private readonly List<long> delimiters = [];
    private readonly List<(long Cycle, byte[] Frame)> frames = [];
    private bool isOver;
    private double? volts;

    public EmulatedBoard()
    {
        var start = new ProcessStartInfo(BoardFirmware.Runner, [BoardFirmware.Elf]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        process = Process.Start(start) ?? throw new InvalidOperationException("cannot start the emulated board");
        process.ErrorDataReceived += (_, line) => Errors += line.Data;
        process.BeginErrorReadLine();
    }

    public string Name => "emulated board";

    public string Errors { get; private set; } = "";

    /// <summary>The board's clock, in cycles of 62.5 ns.</summary>
    public long Cycle { get; private set; }

    /// <summary>When the relay opened or closed.</summary>
    public IReadOnlyList<(long Cycle, bool Closed)> Relay => relay;

    public bool IsClosed => relay is [.., var last] && last.Closed;

    /// <summary>When each frame from the host had arrived whole.</summary>
    public IReadOnlyList<long> Arrived => delimiters;

    /// <summary>What the board sent, frame by frame.</summary>
    public IReadOnlyList<(long Cycle, byte[] Frame)> Frames => frames;

    /// <summary>Seals the wire to the board: what the host writes is lost.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Seals the wire from the board: what it sends is lost.</summary>
    public bool IsMute { get; set; }

    public override long TimestampFrequency => Hertz;

    public static double Milliseconds(long cycles) => cycles * 1000.0 / Hertz;

    public override long GetTimestamp() => Cycle;

    public void Do(string command) => process.StandardInput.WriteLine(command);

    public void Run(TimeSpan span)
    {
        Do($"run {(long)span.TotalMicroseconds}");
        process.StandardInput.Flush();
        while (true)
        {
            var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"the emulated board ended: {Errors}");
            var words = line.Split(' ');
            switch (words[0])
            {
                case "at":
                    Cycle = Number(words[1]);
                    return;
                case "tx":
                    var frame = Convert.FromHexString(words[2]);
                    frames.Add((Number(words[1]), frame));
                    foreach (var b in IsMute ? [] : frame) sent.Enqueue(b);
                    break;
                case "rx":
                    delimiters.Add(Number(words[1]));
                    break;
                case "relay":
                    relay.Add((Number(words[1]), words[2] == "1"));
                    break;
            }
        }
    }

    /// <summary>Sets for how long it leaves the drives their power after a stop, as is done once when a robot is put together: before anything else speaks to it.</summary>
    public void SetHold(TimeSpan hold)
    {
        var setting = new SafetyBoard(this, this);
        while (!setting.IsHeard) setting.Poll(TimeSpan.FromMilliseconds(20));
        setting.Send(BoardCommand.SetHold, hold);
        for (var i = 0; i < 20 || setting.Status!.Hold != hold; i++) setting.Poll(TimeSpan.FromMilliseconds(5));
        // Whoever comes next is another host.
        DiscardInput();
    }

    /// <summary>Lets the same time pass for the board and for servos whose supply hangs on its relay: without it they are dead, and when it closes they start anew.</summary>
    public void Run(TimeSpan span, ServoBench servos)
    {
        volts ??= servos.SupplyVolts;
        Run(span);
        var isClosed = IsClosed;
        if (isClosed && servos.SupplyVolts == 0) servos.PowerCycle();
        servos.SupplyVolts = isClosed ? volts.Value : 0;
        servos.Advance(span.TotalSeconds);
    }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        if (!IsDeaf) Do($"send {Convert.ToHexString(bytes)}");
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        var end = Cycle + (long)(within.TotalSeconds * Hertz);
        while (sent.Count == 0 && Cycle < end) Run(TimeSpan.FromMicroseconds(SliceMicroseconds));
        var count = 0;
        while (count < buffer.Length && sent.TryDequeue(out var b)) buffer[count++] = b;
        return count;
    }

    public void DiscardInput() => sent.Clear();

    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        process.StandardInput.Close();
        if (!process.WaitForExit(5000)) process.Kill();
        process.Dispose();
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
