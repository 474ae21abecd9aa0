using RobotWorker.Chance;
using RobotWorker.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>Bytes of any file of a set are others, or its end is missing: the check says what it finds and never throws.</summary>
[TestFixture]
public sealed class DamagedFilesTests
{
    [Test]
    public void AnyBytes_Damaged_NothingIsThrown()
    {
        var chance = RandomStream.For(1, "dataset", "bytes");
        var folder = Directory.CreateTempSubdirectory("robotworker dataset ").FullName;
        var set = TinySet.Make(camera: false);
        set.Sum();
        set.Write(folder, null);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var whole = File.ReadAllBytes(file);
            for (var draw = 0; draw < 12; draw++)
            {
                var bytes = whole[..(draw % 4 == 0 ? chance.NextInt(whole.Length) : whole.Length)];
                for (var i = chance.NextInt(4); i >= 0 && bytes.Length > 0; i--) bytes[chance.NextInt(bytes.Length)] = (byte)chance.NextInt(256);
                File.WriteAllBytes(file, bytes);

                Assert.That(() => DatasetCheck.Run(folder, default), Throws.Nothing, $"{file}, draw {draw}");
            }
            File.WriteAllBytes(file, whole);
        }
        Directory.Delete(folder, recursive: true);
    }
}
