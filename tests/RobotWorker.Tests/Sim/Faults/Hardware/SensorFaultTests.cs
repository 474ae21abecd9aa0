using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

public sealed class SensorFaultTests
{
    [Test]
    public void CameraSilent_TellsNothing_AndTheRestGoesOn() => Rig.Run(async rig =>
    {
        var ear = await Looking(rig);
        rig.Break("CAMERA_SILENT", seconds: 1);
        await rig.Wait(0.05);
        ear.Forget();
        await rig.Wait(0.9);

        Assert.That((ear.Heard("camera"), ear.Heard("camera_info")), Is.EqualTo((0, 0)));
        Assert.That((ear.Heard("lidar"), ear.Heard("joints")), Is.EqualTo((9, 45)).Using<(int, int)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 3 && Math.Abs(a.Item2 - b.Item2) < 3));
        await rig.Wait(0.5);
        Assert.That(ear.Heard("camera"), Is.GreaterThan(3), "it ends");
    });

    [Test]
    public void CameraFrozen_GivesTheSameImageWithNewStamps() => Rig.Run(async rig =>
    {
        var ear = await Looking(rig);
        rig.Break("CAMERA_FROZEN");
        await rig.Wait(0.2);
        ear.Forget();
        await rig.Wait(1);

        Assert.That(ear.Detections, Has.Count.GreaterThan(8));
        Assert.That(ear.Detections, Is.All.EqualTo(ear.Detections[0]));
        Assert.That(ear.All("camera.stamp"), Is.Ordered.Ascending.And.Unique);
    });

    [Test]
    public void CameraNoisy_TheSameCupIsSeenNowHereNowThere() => Rig.Run(async rig =>
    {
        var ear = await Looking(rig);
        await rig.Wait(3);
        var usual = Scatter(ear);
        ear.Forget();

        rig.Break("CAMERA_NOISY");
        await rig.Wait(4);

        Assert.That((usual, Scatter(ear)), Is.EqualTo((0.005, 0.03)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.003 && Math.Abs(a.Item2 - b.Item2) < 0.01));
    });

    [Test]
    public void Lidar_AWholeOne_SeesTheRoomAllAround_AndNoScanIsLikeTheOneBefore() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(2);

        Assert.That(ear.LastScan, Has.Length.EqualTo(90));
        Assert.That(ear.Heard("lidar"), Is.InRange(19, 21));
        Assert.That(ear["lidar.valid_share"], Is.GreaterThan(0.98));
        Assert.That(ear.All("lidar.change"), Is.All.InRange(0.004, 0.02));
        Assert.That(ear.LastScan!.Min(), Is.InRange(0.5, 2), "the bin's stand and the table's legs");
    });

    [Test]
    public void LidarFrozen_TheVerySameScanWithNewStamps() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(0.5);
        rig.Break("LIDAR_FROZEN");
        await rig.Wait(0.2);
        ear.Forget();
        await rig.Wait(1);

        Assert.That(ear.All("lidar.change"), Is.All.Zero);
        Assert.That(ear.Heard("lidar"), Is.GreaterThan(8));
    });

    [Test]
    public void LidarSilentAndDirty_ShowInTheScanAlone() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        rig.Break("LIDAR_DIRTY", seconds: 1);
        await rig.Wait(0.9);
        Assert.That(ear["lidar.valid_share"], Is.EqualTo(0.4).Within(0.12));
        await rig.Wait(0.5);
        Assert.That(ear["lidar.valid_share"], Is.GreaterThan(0.98), "it ends");

        rig.Break("LIDAR_SILENT");
        await rig.Wait(0.1);
        ear.Forget();
        await rig.Wait(0.5);
        Assert.That((ear.Heard("lidar"), ear.Heard("camera") > 3), Is.EqualTo((0, true)));
    });

    private static async Task<Ear> Looking(Rig rig)
    {
        await rig.Look(new(0, 0.95, 0.75)).Completion;
        var ear = new Ear(rig);
        await rig.Wait(0.3);
        return ear;
    }

    private static double Scatter(Ear ear)
    {
        var x = ear.Detections.SelectMany(image => image.Where(d => d.Class == "cup/red").Select(d => d.X)).ToList();
        var middle = x.Order().ElementAt(x.Count / 2);
        return Math.Sqrt(x.Where(value => Math.Abs(value - middle) < 0.3).Average(value => (value - middle) * (value - middle)));
    }
}
