using RobotWorker.Diagnostics;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Tests.Corpus;

public sealed class BrokenProfileTests
{
    private static IEnumerable<TestCaseData<CorpusFile>> Files() => CorpusFile.In("profiles");

    [TestCaseSource(nameof(Files))]
    public void BrokenProfile_Read_SaysWhatIsWrongAndWhere(CorpusFile file)
    {
        var bag = new DiagnosticBag();

        var profile = ProfileReader.Read(file.Text, file.Name, bag);

        file.AssertDiagnostics(bag);
        Assert.That(profile, Is.Null);
    }
}
