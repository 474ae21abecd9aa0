using RobotWorker.MuJoCo;
using RobotWorker.MuJoCo.Native;
using RobotWorker.MuJoCo.Native.Probe;

namespace RobotWorker.Tests.MuJoCo.Native;

internal sealed class LayoutProbeTests
{
    [Test]
    public void Verify_TheTableAsItIs_IsAccepted() => Assert.That(() => LayoutProbe.Verify(MuJoCoLibrary.Layout), Throws.Nothing);

    [TestCaseSource(nameof(EveryField))]
    public void Verify_OneFieldInItsNeighboursPlace_IsRefused(string type, string field)
    {
        var table = MuJoCoLibrary.Layout;
        var wrong = table.With(type, field, table.Struct(type)[field] + Shift(table, type, field));

        Assert.That(() => LayoutProbe.Verify(wrong), Throws.InstanceOf<MuJoCoException>());
    }

    [Test]
    public void Verify_SizeOfAContactWrong_IsRefused()
    {
        var table = MuJoCoLibrary.Layout;

        Assert.That(() => LayoutProbe.Verify(table.With("mjContact", "sizeof", table.Contact.Size + 8)), Throws.TypeOf<MuJoCoUnavailableException>()
            .With.Message.Contains("contact."));
    }

    // Read from the table rather than from the library, so that the cases exist also where MuJoCo is missing.
    private static IEnumerable<TestCaseData> EveryField()
    {
        var table = LayoutTable.Find(222)!;
        foreach (var type in table.StructNames)
            foreach (var field in table.Struct(type).Fields)
                yield return new TestCaseData(type, field);
    }

    private static int Shift(LayoutTable table, string type, string field) => (type, field) switch
    {
        ("mjModel", "opt" or "vis" or "stat" or "qpos0") => 8,
        ("mjModel", _) => field.Contains('_', StringComparison.Ordinal) ? 8 : table.SizeOfCount,
        ("mjData", "ncon") => 4,
        ("mjContact", "dim" or "geom1" or "geom2") => 4,
        ("mjVisual", _) or ("mjvGeom", _) or ("mjvCamera", "type") or ("mjvScene", "ngeom") => 4,
        ("mjvCamera", "fixedcamid") => -4,          // its other neighbour, trackbodyid, begins as -1 too
        ("mjvOption", _) or ("mjvScene", "flags") => 1,
        _ => 8,
    };
}
