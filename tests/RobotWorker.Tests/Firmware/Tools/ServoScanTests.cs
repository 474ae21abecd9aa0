using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Firmware.Tools;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Tools;

public sealed class ServoScanTests
{
    [Test]
    public void Scan_FindsTheBaudRate()
    {
        var rig = ServoRig.Of(ServoMake.Feetech, servos: 2);
        var tried = new List<int>();
        var scan = new ServoScan(
            baud =>
            {
                tried.Add(baud);
                return baud == 115_200 ? new MemoryLink("right", rig.FeetechEmulator, baud) : new MemoryLink("wrong", new FeetechEmulator(rig.Plant, []), baud);
            },
            new FrozenTime(), _ => { });

        var found = scan.Run(ServoMake.Feetech, null, CancellationToken.None).Single();

        Assert.That(found.Baud, Is.EqualTo(115_200));
        Assert.That(found.Servos.Select(servo => servo.Id), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(tried, Is.EqualTo(new[] { 1_000_000, 500_000, 250_000, 128_000, 115_200 }));
    }
}
