using CsCheck;
using RobotWorker.Firmware.Mavlink;

namespace RobotWorker.Tests.Firmware.Mavlink;

public sealed class MavlinkReaderTests
{
    // As the package node-mavlink 2.3.0 writes them (peers/mavlink); the integration tests ask it again.
    private static readonly byte[] Heartbeat = Convert.FromHexString("fd090000000701000000000000000a038104032a7f");
    private static readonly byte[] Attitude = Convert.FromHexString("fd0800000107011e000000000000cdcccc3da468");
    private static readonly byte[] SysStatus = Convert.FromHexString("fd1f00000207010100003f0000002f0000003b000000a5011261d2040000000000000000000000004c70c1");
    private static readonly byte[] NotMeasured = Convert.FromHexString("fd1f00000307010100000000000000000000000000000000ffffffff000000000000000000000000ff55ad");

    private static readonly MavlinkMessage.Heartbeat Armed = new(7, 10, 3, Armed: true, 4);
    private static readonly MavlinkMessage.SysStatus Flying = new(7, 0x04, 24.85, 12.34, 0.76, 0.421);

    [Test]
    public void Messages_AreRead_OthersSkipped() =>
        Assert.That(Read([.. Heartbeat, .. Attitude, .. SysStatus, .. NotMeasured], 1000), Is.EqualTo(new MavlinkMessage[] { Armed, Flying, new MavlinkMessage.SysStatus(7, 0, null, null, null, 0) }));

    [Test]
    public void Messages_InAnyPortions_AfterAnyGarbage_AreRead() => Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[1, 50]).Sample((garbage, portion) =>
    {
        // A start byte in the garbage may wait for as much as a longest frame before it is known to be none.
        byte[] quiet = new byte[300];
        return Read([.. garbage, .. quiet, .. Heartbeat, .. SysStatus, .. quiet], portion) is [.., var first, var second] && first == Armed && second == Flying;
    });

    [Test]
    public void AnyBitFlipped_IsNotTaken()
    {
        for (var bit = 8; bit < Heartbeat.Length * 8; bit++)
        {
            var wrong = Heartbeat.ToArray();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(Read([.. wrong, .. new byte[300]], 1000), Is.Empty, $"bit {bit}");
        }
    }

    private static List<MavlinkMessage> Read(byte[] stream, int portion)
    {
        var reader = new MavlinkReader();
        var messages = new List<MavlinkMessage>();
        foreach (var part in stream.Chunk(portion))
        {
            ReadOnlySpan<byte> bytes = part;
            while (reader.Next(ref bytes) is { } message) messages.Add(message);
        }
        return messages;
    }
}
