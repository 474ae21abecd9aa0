using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Runs;

/// <summary>A profile names a catalogue of faults, and what runs with that profile has it; an episode keeps the one that it began with.</summary>
public sealed class OwnFaultsOfAProfileTests
{
    private const string Cooler = "faults: robotworker/v1\ncatalogue:\n  ARM_HOT: {component: arm, level: warning, heal: 5s, detect: [{signal: arm.temperature, above: 50, confirm: 1s}]}\n";

    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("own faults ").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void TheFile_IsSeenFromTheProfilesFolder_AndLaidOverTheBuiltInCatalogue()
    {
        var bag = new DiagnosticBag();
        var told = RobotJobReader.ReadProfile(Profile(Cooler), bag)!;

        Assert.That(bag.All, Is.Empty);
        Assert.That((told.Faults.ByCode["ARM_HOT"].Detectors.Length, told.Faults.ByCode["ARM_ENCODER_STUCK"].Detectors.Length), Is.EqualTo((1, 7)));
        Assert.That(told.Documents.Select(d => d.Name), Is.EqualTo(["robot.yaml", "own.yaml"]), "the recording holds it");
    }

    [Test]
    public void AFileThatIsMissing_IsMissedWhereTheProfileNamesIt()
    {
        var profile = Profile(null);
        var bag = new DiagnosticBag();
        DocumentCheck.Check(profile, null, null, bag);

        var line = File.ReadAllLines(profile).Length;
        Assert.That(bag.All.Select(d => (d.Code, d.Place)), Is.EqualTo([(Codes.UnreadFile, new Place(profile, line, 9))]));
    }

    [Test]
    public void AMistakeInIt_IsFoundByTheCheckOfTheProfile_AndOfTheFileItself()
    {
        var profile = Profile(Cooler.Replace("warning", "warm", StringComparison.Ordinal));
        var own = Path.Combine(folder, "own.yaml");
        foreach (var file in new[] { profile, own })
        {
            var bag = new DiagnosticBag();
            DocumentCheck.Check(file, null, null, bag);

            Assert.That(bag.All.Select(d => (d.Code, d.Place)), Is.EqualTo([(Codes.NotAChoice, new Place(own, 3, 36))]), file);
        }
    }

    [Test]
    public void AnEpisode_IsGoneOnWithByTheFaultsThatItBeganWith()
    {
        var (bag, profile) = (new DiagnosticBag(), Profile(Cooler));
        var asked = new RobotSource(Repository.PathOf("sim/tasks/tidy-table.yaml"), null, profile, null, null, null, 1, 1, folder);
        var begun = asked.Open(bag)!;
        var kept = RobotSource.Read(asked.With(begun).Write());
        File.WriteAllText(Path.Combine(folder, "own.yaml"), Cooler.Replace("above: 50", "above: 60", StringComparison.Ordinal));

        var resumed = kept.Open(bag, begun.Plan)!;
        var anew = asked.Open(bag)!;

        Assert.That(bag.All, Is.Empty);
        Assert.That((Limit(begun), Limit(resumed), Limit(anew)), Is.EqualTo((50.0, 50.0, 60.0)));
        Assert.That((kept.Changed(resumed).Single(), kept.IsKept("own.yaml")), Is.EqualTo(("own.yaml", true)));
    }

    [TestCase(null, TestName = "AnEpisodeWhoseFaultsAreGone_IsGoneOnWithAllTheSame")]
    [TestCase("faults: broken", TestName = "AnEpisodeWhoseFaultsWereBrokenSince_IsGoneOnWithAllTheSame")]
    public void FaultsFileSince(string? text)
    {
        var (bag, profile) = (new DiagnosticBag(), Profile(Cooler));
        var asked = new RobotSource(Repository.PathOf("sim/tasks/tidy-table.yaml"), null, profile, null, null, null, 1, 1, folder);
        var begun = asked.Open(bag)!;
        var kept = RobotSource.Read(asked.With(begun).Write());
        if (text is null) File.Delete(Path.Combine(folder, "own.yaml"));
        else File.WriteAllText(Path.Combine(folder, "own.yaml"), text);

        var resumed = kept.Open(bag, begun.Plan)!;

        Assert.That(bag.All, Is.Empty);
        Assert.That((Limit(resumed), kept.Changed(resumed).Single()), Is.EqualTo((50.0, "own.yaml")));
        Assert.That((asked.Open(bag), bag.All.Count), Is.EqualTo(((RobotJob?)null, 1)), "a new one is not begun");
    }

    private static double Limit(RobotJob job) => ((RobotWorker.Faults.DetectorRule.OutOfBounds)job.Faults.ByCode["ARM_HOT"].Detectors.Single()).Limit.Offset;

    // Porter's, with a catalogue of its own.
    private string Profile(string? faults)
    {
        var file = Path.Combine(folder, "robot.yaml");
        File.WriteAllText(file, File.ReadAllText(Repository.PathOf("sim/robots/porter.profile.yaml")).TrimEnd() + "\nfaults: own.yaml\n");
        if (faults is not null) File.WriteAllText(Path.Combine(folder, "own.yaml"), faults);
        return file;
    }
}
