namespace RobotWorker.Tests.Architecture;

[TestFixture]
public sealed class ChaptersTests
{
    [Test]
    public void Domain_EachChapterUsesOnlyEarlierOnes() => Assert.That(Chapters.Violations(Source.OfTheProduct()), Is.Empty);

    [Test]
    public void Violations_WorldUsesExecution_IsFound() => Assert.That(
        Chapters.Violations([new Source("src/RobotWorker/World/Fact.cs", "using RobotWorker.Execution;\nnamespace RobotWorker.World;")]),
        Is.EqualTo(["src/RobotWorker/World/Fact.cs: World uses Execution, which comes later"]));

    [Test]
    public void Violations_OnlyAComment_IsNone() => Assert.That(
        Chapters.Violations([new Source("src/RobotWorker/World/Fact.cs", "// see RobotWorker.Execution\nnamespace RobotWorker.World;")]), Is.Empty);
}
