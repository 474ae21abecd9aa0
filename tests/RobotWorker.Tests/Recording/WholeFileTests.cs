using RobotWorker.Recording;

namespace RobotWorker.Tests.Recording;

public sealed class WholeFileTests
{
    [Test]
    public void File_IsWrittenWhole_OrNotAtAll()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var file = Path.Combine(folder, "score.json");
            Assert.That(WholeFile.TryWrite(file, "{}"), Is.Null);
            Assert.That(File.ReadAllText(file), Is.EqualTo("{}"));
            Assert.That(WholeFile.TryWrite(Path.Combine(folder, "none", "score.json"), "{}"), Does.Contain("score.json: Could not find"));
            Assert.That(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), Is.EqualTo([file]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
