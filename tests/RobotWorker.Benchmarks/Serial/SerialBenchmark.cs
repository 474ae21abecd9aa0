using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.Versioning;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Mavlink;
using RobotWorker.Firmware.Servos;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;

namespace RobotWorker.Benchmarks.Serial;

/// <summary>Serial buses: 16 bytes there and back by termios and by System.IO.Ports on one pseudo-terminal; what a control cycle costs on the wire; parsers; how late a control loop's cycles begin.</summary>
[SupportedOSPlatform("linux")]
internal static class SerialBenchmark
{
    private const int Trips = 2000, Warm = 200, Frame = 16, Frames = 40_000;
    private const double LoopSeconds = 5;

    // The bars: how many times lower than System.IO.Ports' the median of a round trip is at least, and what an emergency stop may take.
    private const double TimesFaster = 10, SeenMilliseconds = 50, StoodMilliseconds = 100;

    public static BenchmarkResult Run()
    {
        var (termios, ports) = (RoundTrips("termios"), RoundTrips("System.IO.Ports"));
        Console.WriteLine($"termios          {termios.P50,8:0.000} ms p50, {termios.P99:0.000} ms p99: {Frame} bytes there and back on a pseudo-terminal");
        Console.WriteLine($"System.IO.Ports  {ports.P50,8:0.000} ms p50, {ports.P99:0.000} ms p99: {ports.P50 / termios.P50:0.0} times termios");
        Require(ports.P50 >= TimesFaster * termios.P50, $"a round trip by termios takes a {TimesFaster}th of that by System.IO.Ports at most (p50)");
        var more = new List<(string, double)> { ("termios_p99_ms", termios.P99), ("ports_p50_ms", ports.P50), ("ports_p99_ms", ports.P99) };

        foreach (var delay in new[] { 250, 0 })
        {
            var cycles = CyclesPerSecond(delay);
            Console.WriteLine($"cycle            {cycles,8:0} cycles a second that 6 STS servos at 1 Mbaud leave time for, with a return delay of {delay} us");
            more.Add(($"cycles_per_second_delay_{delay}", cycles));
        }
        foreach (var (name, bytes, allocated) in Parsers())
        {
            Console.WriteLine($"parser           {bytes / 1e6,8:0.0} MB/s {name}, {allocated} bytes allocated");
            more.Add(($"{name}_bytes_per_second", bytes));
            more.Add(($"{name}_allocated", allocated));
        }
        var late = Lateness();
        Console.WriteLine($"lateness         {string.Join(", ", late.Zip(["up to 0.1 period", "up to 0.5", "up to 1", "missed"], (count, what) => $"{count} {what}"))}: a loop at 100 Hz over a pseudo-terminal for {LoopSeconds:0} s");
        more.AddRange(late.Select((count, i) => ($"lateness_{i}", (double)count)));
        var onAPort = StopsSeenOnAPort.Run();
        Console.WriteLine($"emergency stop   {onAPort}: seen by the host, at the wall's pace over a pseudo-terminal; {StopsOfAPlan.Trials} presses");
        var (seen, stood) = StopsOfAPlan.Run(TimeSpan.FromMilliseconds(300));
        Console.WriteLine($"emergency stop   {seen}: seen by the host, in the board's time; {StopsOfAPlan.Trials} presses in the motions of a plan, gravity and blocks included");
        Console.WriteLine($"emergency stop   {stood}: of these, the plan's robot stands: it brakes while the board holds for 300 ms, and every joint stays below {StillThresholds.Standard.Joint} rad/s");
        var (cutSeen, fallen) = StopsOfAPlan.Run(TimeSpan.Zero);
        Console.WriteLine($"emergency stop   {cutSeen}: seen by the host, power cut at once; {StopsOfAPlan.Trials} presses");
        Console.WriteLine($"emergency stop   {fallen}: of these, the joints stand: nothing brakes them, the arm falls until it lies on something. That is no bar");
        foreach (var (name, times) in new[] { ("stop_seen_on_port", onAPort), ("stop_held_seen", seen), ("stop_held_stood", stood), ("stop_cut_seen", cutSeen), ("stop_cut_fallen", fallen) })
            more.AddRange([($"{name}_p50_ms", times.P50), ($"{name}_p99_ms", times.P99)]);
        Require(onAPort.P99 < SeenMilliseconds && seen.P99 < SeenMilliseconds && cutSeen.P99 < SeenMilliseconds, $"an emergency stop is seen by the host within {SeenMilliseconds} ms (p99), on a port and in a plan");
        Require(stood.P99 < StoodMilliseconds, $"a plan's robot that may brake stands within {StoodMilliseconds} ms (p99)");
        // Of latencies the smaller is the better: the ratio is theirs over ours.
        return new(termios.P50, "ms", ports.P50, ports.P50 / termios.P50) { More = more };
    }

    /// <exception cref="BenchmarkException">The bar is not met.</exception>
    private static void Require(bool isMet, string bar)
    {
        if (!isMet) throw new BenchmarkException($"not so: {bar}");
        Console.WriteLine($"asserted         {bar}");
    }

    private static (double P50, double P99) RoundTrips(string way)
    {
        using var cable = new PseudoTerminal();
        using IByteLink link = way == "termios" ? TermiosLink.Open(cable.Slave, new(1_000_000), TimeProvider.System) : SystemPortLink.Open(cable.Slave, new(1_000_000), TimeProvider.System);
        var isOver = false;
        var echo = new Thread(() =>
        {
            var bytes = new byte[256];
            while (!Volatile.Read(ref isOver))
                if (cable.Read(bytes, TimeSpan.FromMilliseconds(50)) is var count && count > 0) cable.Write(bytes.AsSpan(0, count));
        }) { IsBackground = true };
        echo.Start();
        var (sent, come, times) = (new byte[Frame], new byte[Frame], new List<double>());
        for (var i = -Warm; i < Trips; i++)
        {
            var began = Stopwatch.GetTimestamp();
            link.Write(sent, TimeSpan.FromSeconds(1));
            for (var got = 0; got < Frame;)
            {
                var more = link.Read(come.AsSpan(got), TimeSpan.FromSeconds(1));
                if (more == 0) throw new BenchmarkException($"{way}: no echo within a second");
                got += more;
            }
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        Volatile.Write(ref isOver, true);
        echo.Join();
        times.Sort();
        return (times[Trips / 2], times[Trips * 99 / 100]);
    }

    private static double CyclesPerSecond(int delayMicroseconds)
    {
        const int cycles = 200;
        var arm = So101.Arm;
        var servos = EmulatedArm.Of(arm).Servos;
        foreach (var servo in arm.Servos) servos.Preset(servo.Id, StsRegisters.ReturnDelay, delayMicroseconds / 2);
        var bus = ArmBuses.Over(new MemoryLink("memory", servos, arm.Bus.Baud), arm, TimeProvider.System);
        var (states, goals) = (new ServoState[arm.Servos.Length], new double[arm.Servos.Length]);
        bus.ReadStates(states);
        for (var i = 0; i < states.Length; i++) bus.SafeTorqueOn(i);
        for (var i = 0; i < states.Length; i++) goals[i] = states[i].PositionRadians;
        var before = servos.BusSeconds;
        for (var i = 0; i < cycles; i++) bus.Cycle(goals, states);
        return cycles / (servos.BusSeconds - before);
    }

    private static IEnumerable<(string Name, double BytesPerSecond, long Allocated)> Parsers()
    {
        var frame = new byte[512];
        yield return Parser("feetech", Repeated(frame[..StsEncoder.Status(frame, 1, 0, new byte[15])]), stream => Drain(new StsDecoder(), stream));
        yield return Parser("dynamixel", Repeated(frame[..DynamixelEncoder.Status(frame, 1, 0, new byte[15])]), stream => Drain(new DynamixelDecoder(), stream));
        yield return Parser("board", Repeated(frame[..new BoardFrame(BoardFrameType.Status, 1, 1, new byte[19]).Write(frame)]), stream =>
        {
            var decoder = new BoardDecoder();
            return () =>
            {
                var frames = 0;
                ReadOnlySpan<byte> bytes = stream;
                while (decoder.TryTake(ref bytes, out _)) frames++;
                return frames;
            };
        });
        // A SYS_STATUS as node-mavlink 2.3.0 writes it.
        yield return Parser("mavlink", Repeated(Convert.FromHexString("fd1f00000207010100003f0000002f0000003b000000a5011261d2040000000000000000000000004c70c1")), stream => Drain(new MavlinkDecoder(), stream));
    }

    private static Func<int> Drain<TFrame>(FrameDecoder<TFrame> decoder, byte[] stream) where TFrame : allows ref struct => () =>
    {
        var frames = 0;
        for (ReadOnlySpan<byte> bytes = stream; !bytes.IsEmpty;)
        {
            bytes = bytes[decoder.Take(bytes)..];
            while (decoder.TryNext(out _)) frames++;
        }
        return frames;
    };

    private static (string, double, long) Parser(string name, byte[] stream, Func<byte[], Func<int>> of)
    {
        var parse = of(stream);
        for (var i = 0; i < 5; i++)
            if (parse() != Frames) throw new BenchmarkException($"the {name} parser found other frames than there are");
        var best = double.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            var began = Stopwatch.GetTimestamp();
            parse();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        return (name, stream.Length / best, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static byte[] Repeated(byte[] frame) => [.. Enumerable.Repeat(frame, Frames).SelectMany(b => b)];

    private static ImmutableArray<long> Lateness()
    {
        var arm = So101.Arm;
        using var servos = new ServoTerminal(EmulatedArm.Of(arm).Servos, TimeProvider.System);
        using var pacer = new ThreadPacer(() => ArmBuses.Open(arm, TimeProvider.System, null, servos.Port), TimeProvider.System, TimeSpan.FromSeconds(arm.PeriodSeconds), work => work());
        pacer.Goals = [.. arm.Servos.Select(_ => double.NaN)];
        pacer.Start(_ => { });
        Thread.Sleep(TimeSpan.FromSeconds(LoopSeconds));
        return pacer.Lateness;
    }
}
