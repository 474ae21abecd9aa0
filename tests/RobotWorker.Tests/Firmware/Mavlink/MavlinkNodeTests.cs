using RobotWorker.Faults;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Mavlink;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Senses;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Firmware.Mavlink;

public sealed class MavlinkNodeTests
{
    // Of the package node-mavlink 2.3.0, as in MavlinkReaderTests.
    private static readonly byte[] Heartbeat = Convert.FromHexString("fd090000000701000000000000000a038104032a7f");
    private static readonly byte[] SysStatus = Convert.FromHexString("fd1f00000207010100003f0000002f0000003b000000a5011261d2040000000000000000000000004c70c1");

    [Test]
    public void WhatItTells_IsOnTheTopicsThatTheMonitorHears() => Run(async (wire, rig) =>
    {
        wire.Come([.. Heartbeat, .. SysStatus]);
        await rig.Wait(0.5);

        Assert.That((rig.Battery!.Voltage, rig.Battery.Current, rig.Battery.Percentage), Is.EqualTo((24.85f, -12.34f, 0.76f)));
        var told = rig.Diagnostics!.Status.Single();
        Assert.That((told.Name, told.Level), Is.EqualTo(("autopilot: heartbeat", DiagnosticStatus.OK)));
        Assert.That(told.Values.ToDictionary(v => v.Key, v => v.Value), Is.SupersetOf(new Dictionary<string, string> { ["silent"] = "0", ["state"] = "4", ["armed"] = "1", ["unhealthy"] = "4" }));
    });

    [Test]
    public void ItFallsSilent_OrItsCableComesOut_IsAFaultWithItsName_AndItHealsWhenItIsBack([Values] bool cable) => Run(async (wire, rig) =>
    {
        for (var i = 0; i < 3; i++)
        {
            wire.Come(Heartbeat);
            await rig.Wait(1);
        }
        Assert.That(rig.Notes, Is.Empty);

        wire.IsCut = cable;
        await rig.Wait(3);
        Assert.That(rig.Notes[^1], Is.EqualTo(("AUTOPILOT_SILENT", FaultStage.Confirmed)));
        Assert.That(rig.Troubles, cable ? Has.Some.Contain("gone") : Is.Empty);

        wire.IsCut = false;
        await rig.Wait(6);
        for (var i = 0; i < 4; i++)
        {
            wire.Come(Heartbeat);
            await rig.Wait(1);
        }
        Assert.That(rig.Notes[^1], Is.EqualTo(("AUTOPILOT_SILENT", FaultStage.Cleared)));
    });

    private static void Run(Func<Wire, Rig, Task> test)
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        loop.Run(async () =>
        {
            var graph = new InProcessGraph(loop.Time);
            using var robot = graph.Connect("robot");
            using var worker = graph.Connect("worker");
            var wire = new Wire();
            using var rig = new Rig(loop, worker);
            using var node = new MavlinkNode(() => wire.IsCut ? throw new ByteLinkException(ByteLinkFailure.NotFound, "the port is gone") : wire, robot, loop.Time, () => RobotTime.FromSeconds(loop.Elapsed.TotalSeconds));
            node.Trouble += rig.Troubles.Add;
            node.Start();
            await test(wire, rig);
        });
    }

    private sealed class Rig : IFaultListener, IDisposable
    {
        private readonly EpisodeLoop loop;
        private readonly FaultMonitor monitor;

        public Rig(EpisodeLoop loop, IRosConnection ros)
        {
            this.loop = loop;
            monitor = new(Porter.Faults, loop.Time, this, note => Notes.Add((note.Code, note.Stage)));
            var sense = new SignalSense(monitor.Take);
            ros.Subscribe<DiagnosticArray>("/diagnostics", m =>
            {
                Diagnostics = m;
                sense.Take(m);
            });
            ros.Subscribe<BatteryState>("/battery_state", m => Battery = m);
        }

        public List<(string Code, FaultStage Stage)> Notes { get; } = [];

        public List<string> Troubles { get; } = [];

        public DiagnosticArray? Diagnostics { get; private set; }

        public BatteryState? Battery { get; private set; }

        public Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), loop.Time);

        public void FaultConfirmed(Fault fault)
        {
        }

        public void FaultHealed(Fault fault)
        {
        }

        public void Dispose() => monitor.Dispose();
    }

    private sealed class Wire : IByteLink
    {
        private readonly Queue<byte> waiting = new();

        public string Name => "wire";

        public bool IsCut { get; set; }

        public void Come(IEnumerable<byte> bytes)
        {
            foreach (var b in bytes) waiting.Enqueue(b);
        }

        public int Read(Span<byte> buffer, TimeSpan within)
        {
            if (IsCut) throw new ByteLinkException(ByteLinkFailure.Lost, "the port is gone");
            var count = 0;
            while (count < buffer.Length && waiting.TryDequeue(out var b)) buffer[count++] = b;
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes, TimeSpan within) => throw new InvalidOperationException("it only listens");

        public void DiscardInput() => waiting.Clear();

        public void Dispose()
        {
        }
    }
}
