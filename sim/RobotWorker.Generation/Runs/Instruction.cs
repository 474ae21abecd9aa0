using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Planners.Sentences;
using RobotWorker.Planners.Symbolic;
using RobotWorker.Plans;
using RobotWorker.Sim.Scenes;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Generation.Runs;

/// <summary>From a sentence to a checked plan: what is wanted, how it can be reached from the world as the scene describes it, whether that may run.</summary>
public static class Instruction
{
    /// <returns>The job, or null where the bag says why; then <paramref name="examples"/> says what could be said instead.</returns>
    public static Job? Read(string sentence, SceneFile place, DiagnosticBag bag, out ImmutableArray<string> examples)
    {
        var catalogue = SkillCatalogueReader.BuiltIn;
        examples = [];
        var reading = SentenceReader.Read(sentence, VocabularyOf(place, catalogue));
        if (reading is Misunderstanding wrong)
        {
            bag.Add(wrong.Diagnostic);
            examples = wrong.Examples;
            return null;
        }
        var goal = ((ReadSentence)reading).Goal;
        var request = new PlanningRequest(IdOf(sentence), place.Names, PlanLimits.Default);
        var (plan, whyNot) = new SymbolicPlanner(catalogue).Plan(Expected(place, catalogue), goal, request);
        if (plan is null)
        {
            bag.Error(Codes.NoPlan, new("sentence", 1, 1), $"no plan leads to {goal}: {whyNot}");
            return null;
        }
        if (plan.Root.Inner.IsEmpty) plan = Seeing.Whether(plan, place.Names, place.Workplace.Scene, catalogue);
        return JobReader.Join(plan, place, [], new($"{plan.Id}.yaml", PlanWriter.Write(plan)), bag);
    }

    /// <summary>The world as the scene describes it, before anything was seen: good enough to plan with, never to act on. Each step looks for itself.</summary>
    private static WorldModel Expected(SceneFile place, SkillCatalogue catalogue)
    {
        var scene = place.Workplace.Scene;
        var atoms = scene.Objects.Select(o => (Atom.Of("on", o.Name, o.On), "detector"))
            .Concat(scene.Objects.Select(o => (Atom.Of("located", o.Name), "detector")))
            .Concat(scene.Places.Where(p => p.Serves is not null).Select(p => (Atom.Of("serves", p.Name, p.Serves!), "map")))
            .Append((Atom.Of("empty", "gripper"), "gripper"))
            // Who cannot drive is where it works, or cannot do it: its senses will say which.
            .Concat(place.Workplace.Robot.Base.IsFixed ? Standing(scene) : []);
        return atoms.Aggregate(WorldModel.Empty(catalogue.Predicates), (world, a) => world.With(new(a.Item1, Truth.True, default, a.Item2)));
    }

    private static IEnumerable<(Atom, string)> Standing(SceneDescription scene) =>
        scene.Places.Where(p => p.At == scene.Start).Select(p => (Atom.Of("at", "robot", p.Name), "localization"))
            .Concat(scene.Objects.Select(o => o.Name).Concat(scene.Surfaces.Select(s => s.Name)).Concat(scene.Containers.Select(c => c.Name)).Select(name => (Atom.Of("reachable", "robot", name), "kinematics")));

    private static Vocabulary VocabularyOf(SceneFile place, SkillCatalogue catalogue)
    {
        var scene = place.Workplace.Scene;
        return new(catalogue,
        [
            .. scene.Objects.Select(o => new VocabularyThing(o.Name, o.Type, o.Class, o.On)),
            .. scene.Surfaces.Select(s => new VocabularyThing(s.Name, "surface")),
            .. scene.Containers.Select(c => new VocabularyThing(c.Name, "container")),
            .. scene.Places.Select(p => new VocabularyThing(p.Name, "place") { Serves = p.Serves is { } served ? [served] : [] }),
        ]);
    }

    /// <summary>The sentence as a plan's id: <c>put-the-red-cup-on-the-shelf</c>.</summary>
    private static string IdOf(string sentence)
    {
        var words = new string([.. sentence.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var id = string.Join('-', words);
        return id.Length > 60 ? id[..60].TrimEnd('-') : id;
    }
}
