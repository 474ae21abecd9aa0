using CsCheck;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Plans;

public sealed class PlanWriterTests
{
    [Test]
    public void Write_AnyPlan_ReadsBackTheSame() => PlanGen.Plans.Sample(plan =>
    {
        var text = PlanWriter.Write(plan);
        var bag = new DiagnosticBag();
        var again = PlanReader.Read(text, "again.yaml", bag);
        Assert.That(bag.All, Is.Empty, text);
        Assert.That(PlanShape.Of(again), Is.EqualTo(PlanShape.Of(plan)), text);
    }, iter: 2000, print: PlanWriter.Write);

    [Test]
    public void Write_MainJob_ReadsBackTheSame()
    {
        var bag = new DiagnosticBag();
        var plan = PlanReader.Read(File.ReadAllText(Repository.PathOf("sim/tasks/tidy-table.yaml")), "tidy-table.yaml", bag)!;

        var again = PlanReader.Read(PlanWriter.Write(plan), "again.yaml", bag);

        Assert.That(PlanShape.Of(again), Is.EqualTo(PlanShape.Of(plan)));
    }

    [Test]
    public void Write_SmallPlan_IsWhatAPersonWouldWrite()
    {
        const string Text = """
            plan: robotworker/v1
            id: fetch
            goal: {on: [cup1, shelf]}
            objects: {cup1: {type: cup}, shelf: {type: surface}}
            limits: {deadline: 300s}
            root:
              sequence:
              - {id: grasp, skill: pick, args: {object: cup1}, pre: [{empty: [gripper]}]}
              - id: again
                repeat: {times: 2, do: {id: look, skill: look, args: {at: shelf}}}

            """;

        var written = PlanWriter.Write(PlanReader.Read(Text, "fetch.yaml", new DiagnosticBag())!);

        Assert.That(written, Is.EqualTo(Text));
    }
}
