using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Skills;

namespace RobotWorker.Tests.Corpus;

public sealed class BrokenPlanTests
{
    private static IEnumerable<TestCaseData<CorpusFile>> Files() => CorpusFile.In("plans");

    [TestCaseSource(nameof(Files))]
    public void BrokenPlan_ReadAndChecked_SaysWhatIsWrongAndWhere(CorpusFile file)
    {
        var bag = new DiagnosticBag();

        if (PlanReader.Read(file.Text, file.Name, bag, load: _ => null) is { } plan) PlanChecker.Check(plan, SkillCatalogueReader.BuiltIn, [], bag);

        file.AssertDiagnostics(bag);
    }
}
