using RobotWorker.Recording.LeRobot;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class RecordedActionsTests : ToolSetTests
{
    // Their seed alone does not draw their world again.
    [Test]
    public void EpisodesWithAFaultOrOfAVariedWorld_AreLeftOut()
    {
        Assert.That(RecordedActions.Read(Sets.Make("one")).Seeds, Is.EqualTo([7L, 8L, 9L]));
        Assert.That(RecordedActions.Read(With("two", "variation", seed => seed == 8 ? """{"mass":1.1}""" : "{}")).Seeds, Is.EqualTo([7L, 9L]));
        Assert.That(RecordedActions.Read(With("three", "fault_file", seed => seed == 7 ? "slip.yaml" : "")).Seeds, Is.EqualTo([8L, 9L]));
        Assert.That(() => RecordedActions.Read(With("four", "variation", _ => """{"mass":1.1}""")), Throws.TypeOf<InvalidDataException>().With.Message.Contains("a world that varied"));
    }

    [Test]
    public async Task SetOfAnotherVersion_IsToBeConverted()
    {
        using var one = await StoredSet.OpenAsync(Sets.Make("one"));
        var old = await Sets.WriteAsync("old", SetVersion.V21, SetContent.Of(one));

        Assert.That(() => RecordedActions.Read(old), Throws.TypeOf<InvalidDataException>().With.Message.Contains("version v2.1").And.Message.Contains("dataset convert"));
    }

    private string With(string name, string column, Func<long, string> value) => Sets.Make(name, s =>
    {
        foreach (var table in s.Episodes) table[column] = table.Of<long>("seed").Select(value).ToArray();
    });
}
