using System.Collections.Immutable;
using RobotWorker.Generation.Generate;
using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Tests.Generation.Generate;

public sealed class EpisodeShelfTests
{
    private static readonly DatasetLayout Layout = new("arm", 10, [new("action", DatasetType.Float32, ["a.rad", "b.rad"]), new("next.done", DatasetType.Bool, ["done"])], [new("eye", 64, 48)]);

    private string folder = "";

    [SetUp]
    public void Begin() => folder = Directory.CreateTempSubdirectory("shelf ").FullName;

    [TearDown]
    public void End() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Taken_IsReadAgainAsItWas()
    {
        using var shelf = new EpisodeShelf(folder, Layout);
        shelf.Open("a", resume: false);
        shelf.Take(3, Make);

        Assert.That(new[] { 2, 3 }.Select(n => shelf.Find(n) is not null), Is.EqualTo([false, true]));
        var read = shelf.Read(3);
        Assert.That((read.Length, read.Task, read.Provenance), Is.EqualTo((2, "Wave.", Provenance)));
        Assert.That(read.Columns["action"], Is.EqualTo([0.1, 0.2, 0.3, 0.4]));
        Assert.That(read.Columns["next.done"], Is.EqualTo([0.0, 1]));
        Assert.That(read.Subtasks, Is.EqualTo(["lift", "wave"]));
        Assert.That(File.ReadAllText(read.Films["eye"].File), Is.EqualTo("film"));
        Assert.That(read.Films["eye"].Histogram, Is.EqualTo([1L, 2]));
        Assert.That((read.Films["eye"].Calibration!.FieldOfView, read.Films["eye"].Calibration!.Parent), Is.EqualTo((0.8, "map")));
        Assert.That(read.Films["eye"].Sidecars.Select(s => (s.Kind, File.ReadAllText(s.File), s.Sha256)), Is.EqualTo([(SidecarKind.Depth, "depth", "abc")]));
    }

    [Test]
    public void BrokenOff_IsNotThere_AndIsClearedAway()
    {
        using var shelf = new EpisodeShelf(folder, Layout);
        shelf.Open("a", resume: false);
        Assert.That(() => shelf.Take(0, _ => throw new IOException("the disk is full")), Throws.TypeOf<IOException>());
        Assert.That(shelf.Find(0), Is.Null);
        Assert.That(Directory.GetDirectories(folder, "*.partial", SearchOption.AllDirectories), Has.Length.EqualTo(1));

        shelf.Dispose();
        using var again = new EpisodeShelf(folder, Layout);
        again.Open("a", resume: true);

        Assert.That(Directory.GetDirectories(folder, "*.partial", SearchOption.AllDirectories), Is.Empty);
    }

    [TestCase("a", false, "--resume", TestName = "Open_EpisodesAreThere_WantsResume")]
    [TestCase("b", true, "another specification", TestName = "Open_EpisodesOfSomethingElse_IsRefused")]
    public void Open(string origin, bool resume, string says)
    {
        using (var first = new EpisodeShelf(folder, Layout)) first.Open("a", resume: false);

        Assert.That(() => new EpisodeShelf(folder, Layout).Open(origin, resume), Throws.TypeOf<InvalidDataException>().With.Message.Contains(says));
    }

    [TestCase("frames.f64", TestName = "Find_FramesCutShort_IsTakenAwayAndMadeAgain")]
    [TestCase("episode.json", TestName = "Find_HeadCutShort_IsTakenAwayAndMadeAgain")]
    [TestCase("eye.mp4", TestName = "Find_FilmCutShort_IsTakenAwayAndMadeAgain")]
    [TestCase("beside.bin", TestName = "Find_WhatIsBesideItCutShort_IsTakenAwayAndMadeAgain")]
    [TestCase("eye.depth.mkv", TestName = "Find_SidecarCutShort_IsTakenAwayAndMadeAgain")]
    public void CutShort(string name)
    {
        using var shelf = new EpisodeShelf(folder, Layout);
        shelf.Open("a", resume: false);
        shelf.Take(0, Make);
        Assert.That(shelf.Find(0), Is.Not.Null);
        using (var file = new FileStream(Directory.GetFiles(folder, name, SearchOption.AllDirectories).Single(), FileMode.Open)) file.SetLength(file.Length - 1);

        Assert.That(() => shelf.Read(0), Throws.TypeOf<InvalidDataException>());
        Assert.That(shelf.Find(0), Is.Null);
        shelf.Take(0, Make);
        Assert.That(shelf.Find(0), Is.Not.Null);
    }

    [Test]
    public void Open_AnotherRunHasIt_IsRefused()
    {
        using var shelf = new EpisodeShelf(folder, Layout);
        using var other = new EpisodeShelf(folder, Layout);

        Assert.That(shelf.Open("a", resume: false), Is.True);
        Assert.That(other.Open("a", resume: true), Is.False);
    }

    [Test]
    public void Open_TheFolderHasASetOfSomebodyElse_IsLeftAlone()
    {
        Directory.CreateDirectory(Path.Combine(folder, "success"));

        Assert.That(() => new EpisodeShelf(folder, Layout).Open("a", resume: false), Throws.TypeOf<InvalidDataException>().With.Message.Contains("was not made here"));
        Assert.That(Directory.GetDirectories(folder), Has.Length.EqualTo(1));
    }

    private static EpisodeProvenance Provenance { get; } = new(7, "all", "p", "s", "arm", "MuJoCo", "Egl", "1", 0, "succeeded", true, "none", "", "", null, 2.5, null, null, 0, 1, "{}", "", false) { Pair = new(PairRole.NoRecovery, 1.25) };

    private static DatasetEpisode Make(string where)
    {
        var film = Path.Combine(where, "eye.mp4");
        File.WriteAllText(film, "film");
        File.WriteAllText(Path.Combine(where, "beside.bin"), "whatever the maker leaves");
        var depth = Path.Combine(where, "eye.depth.mkv");
        File.WriteAllText(depth, "depth");
        return new(2, "Wave.", new Dictionary<string, double[]> { ["action"] = [0.1, 0.2, 0.3, 0.4], ["next.done"] = [0, 1] }, ["lift", "wave"],
            ImmutableDictionary<string, EpisodeFilm>.Empty.Add("eye", new(film, 2, [1, 2]) { Calibration = new(0.8, "map", [1, 0], 40_000), Sidecars = [new(SidecarKind.Depth, depth, "abc")] }), Provenance);
    }
}
