using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Skills;

namespace RobotWorker.Tests.Plans;

public sealed class PlanFilesTests
{
    [Test]
    public void Read_CallIntoAnotherFile_BringsItsPlansAndObjects()
    {
        var (plan, bag) = Read(new()
        {
            ["main.yaml"] = """
                plan: robotworker/v1
                id: main
                root: {call: {plan: lib/fetch.yaml#fetch, args: {thing: cup1}}}
                """,
            ["lib/fetch.yaml"] = """
                plan: robotworker/v1
                id: lib
                objects: {cup1: {type: cup}, kitchen: {type: place}}
                plans:
                  fetch:
                    params: {thing: object}
                    root: {sequence: [{call: {plan: go}}, {call: {plan: more/grasp.yaml#grasp, args: {what: $thing}}}]}
                  go:
                    root: {skill: navigate_to, args: {place: kitchen}}
                root: {skill: move_arm, args: {posture: home}}
                """,
            ["lib/more/grasp.yaml"] = """
                plan: robotworker/v1
                id: more
                plans: {grasp: {params: {what: object}, root: {skill: pick, args: {object: $what}}}}
                root: {call: {plan: ../../main.yaml}}
                """,
        });

        Assert.That(bag.All, Is.Empty);
        Assert.That(plan!.Plans.Keys, Is.SupersetOf(new[] { "lib/fetch.yaml#fetch", "lib/fetch.yaml#go", "lib/more/grasp.yaml#grasp" }));
        Assert.That(plan.Objects.Select(o => o.Name), Is.EqualTo(["cup1", "kitchen"]));
        PlanChecker.Check(plan, SkillCatalogueReader.BuiltIn, [], bag);
        Assert.That(bag.All.Where(d => d.Code != Codes.RecursiveCall), Is.Empty);
    }

    [Test]
    public void Write_PlanOfSeveralFiles_ReadsBackWithoutThem()
    {
        var (plan, _) = Read(new()
        {
            ["main.yaml"] = "plan: robotworker/v1\nid: main\nroot: {call: {plan: lib.yaml#go}}\n",
            ["lib.yaml"] = "plan: robotworker/v1\nid: lib\nplans: {go: {root: {skill: look, args: {at: gripper}}}}\nroot: {skill: move_arm, args: {posture: home}}\n",
        });
        var bag = new DiagnosticBag();

        var again = PlanReader.Read(PlanWriter.Write(plan!), "again.yaml", bag);

        Assert.That(bag.All, Is.Empty);
        Assert.That(PlanShape.Of(again), Is.EqualTo(PlanShape.Of(plan)));
    }

    [Test]
    public void Read_MistakeInAnotherFile_IsReportedThere()
    {
        var (plan, bag) = Read(new()
        {
            ["main.yaml"] = "plan: robotworker/v1\nid: main\nroot: {call: {plan: lib/bad.yaml}}\n",
            ["lib/bad.yaml"] = "plan: robotworker/v1\nid: bad\nroot: {skil: look}\n",
        });

        Assert.That(plan, Is.Null);
        Assert.That(bag.All.Single().ToString(), Does.StartWith("RW0021 tasks/lib/bad.yaml:3:8:"));
    }

    private static (Plan? Plan, DiagnosticBag Bag) Read(Dictionary<string, string> files)
    {
        var bag = new DiagnosticBag();
        return (PlanReader.Read(files["main.yaml"], "tasks/main.yaml", bag, path => files.GetValueOrDefault(path)), bag);
    }
}
