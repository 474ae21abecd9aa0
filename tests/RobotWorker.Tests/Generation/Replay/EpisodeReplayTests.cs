using RobotWorker.Generation.Replay;

namespace RobotWorker.Tests.Generation.Replay;

public sealed class EpisodeReplayTests
{
    private string root = "";

    [SetUp]
    public void Begin()
    {
        root = Directory.CreateTempSubdirectory("replay ").FullName;
        foreach (var number in new[] { "000000", "000003", "000004.partial" })
        {
            var episode = Directory.CreateDirectory(Path.Combine(root, "episodes", number));
            File.WriteAllText(Path.Combine(episode.FullName, "episode.json"), "{}");
        }
        Directory.CreateDirectory(Path.Combine(root, "success"));
    }

    [TearDown]
    public void End() => Directory.Delete(root, recursive: true);

    [Test]
    public void Find_ADataSet_AllThatAreWhole() => Assert.That(Found(""), Is.EqualTo([Episode(0), Episode(3)]));

    [Test]
    public void Find_SomeOfThem_InOrder() => Assert.That(Found("", 3, 0), Is.EqualTo([Episode(0), Episode(3)]));

    [Test]
    public void Find_OneEpisodesFolder_IsThatOne() => Assert.That(Found("episodes/000003"), Is.EqualTo([Episode(3)]));

    [TestCase("nowhere", null, "no such folder")]
    [TestCase("success", null, "the folder above it has")]
    [TestCase("episodes/000003", 3, "leave out --episode")]
    [TestCase("", 1, "no episode 1; it has 2, from 0 to 3")]
    [TestCase("episodes/000004.partial/..", null, "the folder above it has")]
    public void Find_Wrong_SaysWhatWouldBeRight(string folder, int? number, string says)
    {
        int[] numbers = number is { } one ? [one] : [];

        Assert.That(() => Found(folder, numbers), Throws.TypeOf<InvalidDataException>().With.Message.Contains(says));
    }

    private IReadOnlyList<string> Found(string folder, params int[] numbers) => EpisodeReplay.Find(Path.Combine(root, folder), numbers);

    private string Episode(int number) => Path.Combine(root, "episodes", $"{number:000000}");
}
