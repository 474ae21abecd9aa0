using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Plans;

/// <summary>What the corpus of broken plans cannot show: good plans, plans against a scene, and the exact words.</summary>
public sealed class PlanCheckerTests
{
    private static readonly PlanObject[] Kitchen =
        [new("cup_red", "cup"), new("shelf", "surface"), new("bin", "container"), new("table_side", "place")];

    [Test]
    public void Check_MainJob_FindsNothing()
    {
        var bag = Check(File.ReadAllText(Repository.PathOf("sim/tasks/tidy-table.yaml")), []);

        Assert.That(bag.All, Is.Empty);
    }

    [Test]
    public void Check_ObjectsOfTheScene_NeedNotBeDeclared()
    {
        var bag = Check("""
            plan: robotworker/v1
            id: go
            root: {sequence: [{skill: navigate_to, args: {place: table_side}}, {skill: pick, args: {object: cup_red}}]}
            """, Kitchen);

        Assert.That(bag.All, Is.Empty);
    }

    [Test]
    public void Check_ObjectThatIsNotInTheScene_IsRefusedWithTheNearest()
    {
        var bag = Check("""
            plan: robotworker/v1
            id: go
            objects:
              shelv: {type: surface}
            root: {skill: move_arm, args: {posture: home}}
            """, Kitchen);

        Assert.That(bag.All.Single().ToString(), Is.EqualTo("RW0014 plan.yaml:4:3: 'shelv' is not in the scene; did you mean 'shelf'?"));
    }

    [TestCase("cup", null)]
    [TestCase("object", null)]
    [TestCase("can", Codes.TypeConflict)]
    public void Check_TypeOfAnObjectOfTheScene_MayBeWiderButNotAnother(string type, string? expected)
    {
        var bag = Check($"plan: robotworker/v1\nid: go\nobjects: {{cup_red: {{type: {type}}}}}\nroot: {{skill: move_arm, args: {{posture: home}}}}\n", Kitchen);

        Assert.That(bag.All.Select(d => d.Code).SingleOrDefault(), Is.EqualTo(expected));
    }

    [Test]
    public void Check_UnusedVariables_WarnAndDoNotRefuse()
    {
        var bag = Check("""
            plan: robotworker/v1
            id: go
            root: {foreach: {each: cup, do: {skill: navigate_to, args: {place: table_side}}}}
            """, Kitchen);

        Assert.That(bag.All.Select(d => d.Code), Is.EqualTo([Codes.UnusedVariable]));
        Assert.That(bag.HasErrors, Is.False);
    }

    [Test]
    public void Check_PlaceAfterPickInABranchOnly_WarnsOfNothing()
    {
        var bag = Check("""
            plan: robotworker/v1
            id: go
            root:
              sequence:
              - fallback:
                - {skill: pick, args: {object: cup_red}}
                - {skill: look, args: {at: cup_red}}
              - {skill: place, args: {object: cup_red, target: shelf}}
            """, Kitchen);

        Assert.That(bag.All, Is.Empty);
    }

    [Test]
    public void Check_CommandThatCannotBeUndoneInALoop_Warns()
    {
        var press = SkillCatalogueReader.BuiltIn.Skills["look"] with { Name = "press", EffectClass = EffectClass.Irreversible };
        var catalogue = SkillCatalogueReader.BuiltIn with { Skills = SkillCatalogueReader.BuiltIn.Skills.Add("press", press) };

        var bag = Check("""
            plan: robotworker/v1
            id: go
            root: {repeat: {times: 3, do: {skill: press, args: {at: shelf}, retry: {attempts: 2}}}}
            """, Kitchen, catalogue);

        Assert.That(bag.All.Select(d => (d.Code, d.Severity)), Is.EquivalentTo([(Codes.RepeatedIrreversible, Severity.Warning), (Codes.UselessRetry, Severity.Warning)]));
    }

    [Test]
    public void Check_LoopOverATypeThatTheSceneHasNot_Warns()
    {
        const string loop = "plan: robotworker/v1\nid: go\nroot: {foreach: {each: bottle, do: {skill: look, args: {at: $bottle}}}}\n";

        Assert.That(Check(loop, Kitchen).All.Single().ToString(), Is.EqualTo(
            "RW0042 plan.yaml:3:24: nothing here is of type 'bottle': the loop has no round; use a scene that has such objects, or another type"));
        Assert.That(Check(loop, []).All, Is.Empty, "which scene it will be nobody knows");
    }

    [Test]
    public void Check_NestedLoopsAndLongChainsOfCalls_TakeNoExponentialTime()
    {
        var calls = string.Concat(Enumerable.Range(0, 400).Select(i => $"  p{i}: {{root: {{sequence: [{{call: {{plan: p{i + 1}}}}}, {{skill: look, args: {{at: shelf}}}}]}}}}\n"));
        var nested = string.Concat(Enumerable.Repeat("{repeat: {times: 2, do: {while: {hold: {localized: [robot]}, do: ", 25)) + "{call: {plan: p0}}" + new string('}', 100);

        var bag = Check($"plan: robotworker/v1\nid: go\nplans:\n{calls}  p400: {{root: {{skill: look, args: {{at: shelf}}}}}}\nroot: {nested}\n", Kitchen);

        Assert.That(bag.All, Is.Empty);
    }

    [Test]
    public void Check_OutputsOfASkill_AreTypedVariablesOfLaterSteps()
    {
        var find = SkillCatalogueReader.BuiltIn.Skills["look"] with { Name = "find", Outputs = [new("what", "object")] };
        var catalogue = SkillCatalogueReader.BuiltIn with { Skills = SkillCatalogueReader.BuiltIn.Skills.Add("find", find) };

        var bag = Check("""
            plan: robotworker/v1
            id: go
            root:
              sequence:
              - {skill: find, args: {at: shelf}, out: {what: seen}}
              - {skill: pick, args: {object: $seen}}
              - {skill: navigate_to, args: {place: $seen}}
            """, Kitchen, catalogue);

        Assert.That(bag.All.Single().ToString(), Is.EqualTo("RW0018 plan.yaml:7:40: '$seen' is of type 'object', not 'place'; there is: table_side"));
    }

    [Test]
    public void Check_TenThousandSteps_TakesNoQuadraticTime()
    {
        var text = "plan: robotworker/v1\nid: long\nroot:\n  sequence:\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => i % 2 == 0
            ? "  - {skill: pick, args: {object: cup_red}}\n" : "  - {skill: place, args: {object: cup_red, target: shelf}}\n"));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var bag = Check(text, Kitchen);

        Assert.That(bag.All, Is.Empty);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    private static DiagnosticBag Check(string text, PlanObject[] known, SkillCatalogue? catalogue = null)
    {
        var bag = new DiagnosticBag();
        var plan = PlanReader.Read(text, "plan.yaml", bag);
        Assert.That(bag.All, Is.Empty);
        PlanChecker.Check(plan!, catalogue ?? SkillCatalogueReader.BuiltIn, known, bag);
        return bag;
    }
}
