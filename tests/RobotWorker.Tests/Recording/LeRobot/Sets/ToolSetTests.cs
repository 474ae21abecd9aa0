namespace RobotWorker.Tests.Recording.LeRobot.Sets;

/// <summary>Tests that each have a folder for sets of their own.</summary>
public abstract class ToolSetTests
{
    private protected ToolSet Sets { get; private set; } = null!;

    [SetUp]
    public void Begin() => Sets = new();

    [TearDown]
    public void Remove() => Sets.Dispose();
}
