using System.Collections.Immutable;
using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Recording.Video;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

[TestFixture]
public sealed class DatasetCheckTests
{
    private string folder = "";
    private string[] videos = [];

    [OneTimeSetUp]
    public void MakeVideos()
    {
        folder = Directory.CreateTempSubdirectory("robotworker dataset ").FullName;
        if (Programs.Find("ffmpeg") is null) return;
        videos = [Path.Combine(folder, "nine.mp4"), Path.Combine(folder, "six.mp4")];
        TinyVideo.Make(videos[0], "-frames:v 9");
        TinyVideo.Make(videos[1], "-frames:v 6");
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void AValidSet_NothingIsFound([Values] bool camera)
    {
        if (camera) TinyVideo.Require();

        Assert.That(Found(new("valid", "", "", "") { NeedsCamera = camera }, out var set), Is.Empty);
        Assert.That(DatasetCheck.SizeOf(set)?.ToString(), Is.EqualTo($"3 episodes, 15 frames, {(camera ? "1 camera" : "0 cameras")}"));
    }

    [TestCaseSource(typeof(Mutations), nameof(Mutations.All))]
    public void OneThingWrong_IsTheOneThingFound(object mutation)
    {
        var wrong = (Mutation)mutation;
        if (wrong.NeedsCamera) TinyVideo.Require();

        var found = Found(wrong, out _);

        Assert.That(found, Has.Length.EqualTo(1), string.Join('\n', found));
        Assert.That((found[0].File, found[0].Where, found[0].IsError), Is.EqualTo((wrong.File, wrong.Where, !wrong.IsWarning)), found[0].ToString());
        Assert.That(found[0].Problem, Does.Contain(wrong.Says));
    }

    [Test]
    public void EpisodesWithoutStatistics_AreNotAsked() =>
        Assert.That(Found(new("", "", "", "")
        {
            Tables = set =>
            {
                foreach (var table in set.Episodes)
                    foreach (var (name, _) in table.Columns.Where(c => c.Name.StartsWith("stats/", StringComparison.Ordinal)).ToList()) table.Remove(name);
            },
        }, out _), Is.Empty);

    [Test]
    public void WithoutFfprobe_VideosAreNotChecked_AndThatIsSaid()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", folder);
        try
        {
            var found = Found(new("", "", "", "")
            {
                Files = set =>
                {
                    for (var i = 0; i < 2; i++) File.WriteAllText(Path.Combine(set, $"videos/{TinySet.Camera}/chunk-000/file-00{i}.mp4"), "nobody looks into it");
                },
                NeedsCamera = true,
            }, out _);

            Assert.That(found.Select(f => f.ToString()), Is.EqualTo(["warning videos: not checked: codec, size and the time of each frame, for ffprobe is not on the PATH (it comes with ffmpeg)"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Test]
    public void AFolderThatIsNotThere_IsAFindingAndNoException() =>
        Assert.That(DatasetCheck.Run(Path.Combine(folder, "nowhere"), default).Single().Problem, Is.EqualTo("the file is missing"));

    [Test]
    public void Cancelled_Ends()
    {
        Found(new("valid", "", "", ""), out var set);

        Assert.That(() => DatasetCheck.Run(set, new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private ImmutableArray<Finding> Found(Mutation mutation, out string path)
    {
        path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        var set = TinySet.Make(mutation.NeedsCamera);
        mutation.Data(set);
        set.Sum();
        mutation.Tables(set);
        set.Write(path, videos.Length == 0 ? null : videos);
        mutation.Files(path);
        return DatasetCheck.Run(path, default);
    }
}
