using RobotWorker.Firmware.Mavlink;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Firmware;

[TestFixture]
public sealed class MavlinkPeerTests
{
    [Test]
    public void Frames_OfAnIndependentWriter_AreRead()
    {
        var peer = NodePackages.Require("tests/RobotWorker.Integration/peers/mavlink");
        var frames = Peer.Run("node", ["write.mjs"], peer).Require().Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(Convert.FromHexString).ToArray();

        var reader = new MavlinkReader();
        var messages = new List<MavlinkMessage>();
        ReadOnlySpan<byte> bytes = frames;
        while (reader.Next(ref bytes) is { } message) messages.Add(message);

        Assert.That(messages, Is.EqualTo(new MavlinkMessage[]
        {
            new MavlinkMessage.Heartbeat(7, 10, 3, Armed: true, 4),
            new MavlinkMessage.SysStatus(7, 0x04, 24.85, 12.34, 0.76, 0.421),
            new MavlinkMessage.SysStatus(7, 0, null, null, null, 0),
        }));
        Assert.That(reader.Damaged, Is.Zero);
    }
}
