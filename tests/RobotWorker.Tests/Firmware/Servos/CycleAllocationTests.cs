using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>A control loop that allocates is stopped by the collector some day.</summary>
public sealed class CycleAllocationTests
{
    [TestCase(ServoMake.Feetech)]
    [TestCase(ServoMake.Dynamixel)]
    public void Cycle_AllocatesNothing(ServoMake make)
    {
        Canned? canned = null;
        var rig = ServoRig.Of(make, servos: 6, through: (link, _) => canned = new Canned(link));
        rig.TorqueOnAll();
        var goals = new double[6];
        for (var i = 0; i < 10; i++) rig.Cycle(goals);
        rig.Group.Cycle(goals, rig.States);
        canned!.Replay();

        var before = 0L;
        for (var i = 0; i < 2000; i++)
        {
            if (i == 1000) before = GC.GetAllocatedBytesForCurrentThread();
            rig.Group.Cycle(goals, rig.States);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(rig.States.All(state => state is { IsFresh: true, Flags: ServoFlags.None }));
    }

    /// <summary>Gives the last answer again and again: the emulator behind it allocates, the host must not.</summary>
    private sealed class Canned(IByteLink link) : IByteLink
    {
        private readonly List<byte> last = [];
        private byte[]? replayed;
        private bool isAsked;

        public string Name => link.Name;

        public void Replay() => replayed = [.. last];

        public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
        {
            // The second of a cycle's two is the read.
            isAsked = bytes[4] == (byte)StsInstruction.SyncRead || bytes[7] is (byte)DynamixelInstruction.FastSyncRead;
            last.Clear();
            if (replayed is null) link.Write(bytes, within);
        }

        public int Read(Span<byte> buffer, TimeSpan within)
        {
            if (replayed is null)
            {
                var count = link.Read(buffer, within);
                last.AddRange(buffer[..count]);
                return count;
            }

            if (!isAsked) return 0;
            isAsked = false;
            replayed.CopyTo(buffer);
            return replayed.Length;
        }

        public void DiscardInput()
        {
            if (replayed is null) link.DiscardInput();
        }

        public void Dispose() => link.Dispose();
    }
}
