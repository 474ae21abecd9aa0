using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Planners.Sentences;

/// <summary>
/// From what the clauses ask for to what shall hold in the end. A cup that is picked up and then put somewhere is not held in the end, and a place
/// that is gone to for what is done there next is not where the robot must end. A goal keeps no order: where the order was the point, the sentence is refused.
/// </summary>
internal static class GoalBuilder
{
    public static ReadSentence? Build(IReadOnlyList<Intent> intents, Vocabulary vocabulary, Reader reader)
    {
        var kept = new List<Intent>();
        foreach (var intent in intents)
        {
            if (kept.FirstOrDefault(k => Contradicts(k, intent)) is { } earlier)
                return reader.Fail<ReadSentence>(Codes.CannotBoth, intent.At, $"{Objects(intent)!.Spoken} cannot be in two places in the end", $"it was also said to {(earlier is Intent.Hold ? "be held" : Say(earlier))}");
            if (kept.FirstOrDefault(k => IsLostBy(k, intent)) is { } lost)
                return reader.Fail<ReadSentence>(Codes.CannotBoth, intent.At, $"after this nothing would show that the robot was told to {Say(lost)}: only what holds in the end is aimed at", "say it in two sentences, one after the other is done");
            kept.RemoveAll(k => IsOverBy(k, intent));
            if (!kept.Exists(k => IsSame(k, intent))) kept.Add(intent);
        }
        var held = kept.OfType<Intent.Hold>().ToList();
        if (held.Count > 1)
            return reader.Fail<ReadSentence>(Codes.CannotBoth, held[1].Objects.At, $"the gripper cannot hold {string.Join(" and ", held.Select(h => h.Objects.Spoken))} at once", "say where one of them shall go");

        ImmutableArray<Condition> parts = [.. kept.Select(k => Part(k, vocabulary))];
        ImmutableArray<string> names = [.. kept.SelectMany(Names).Distinct()];
        return new(parts.Length == 1 ? parts[0] : new Condition.All(parts), names);
    }

    private static bool IsOverBy(Intent earlier, Intent later) => (earlier, later) switch
    {
        (Intent.Go, Intent.Bring or Intent.Hold) => true,
        (Intent.Go(_, var first), Intent.Go(_, var second)) => first.IsSame(second),
        (Intent.Hold(_, var held), Intent.Bring) => held.IsSame(Objects(later)!),
        _ => false,
    };

    /// <summary>What was asked for earlier would be neither in the goal nor on the way to it.</summary>
    private static bool IsLostBy(Intent earlier, Intent later) => (earlier, later) switch
    {
        (Intent.Go(_, var places), Intent.Bring(_, var objects, var target)) => !places.Things.Any(p => Serves(p, target) || objects.Things.Any(o => IsFrom(p, o))),
        (Intent.Go(_, var places), Intent.Hold(_, var objects)) => !places.Things.Any(p => objects.Things.Any(o => IsFrom(p, o))),
        (Intent.Go(_, var first), Intent.Go(_, var second)) => !first.IsSame(second),
        (Intent.Hold(_, var held), Intent.LetGo(_, var released)) => held.IsSame(released),
        _ => false,
    };

    // Where nobody knows what a place serves, or where an object is, going there may be on the way.
    private static bool Serves(VocabularyThing place, VocabularyThing target) => place.Serves.IsEmpty || place.Serves.Contains(target.Name);

    private static bool IsFrom(VocabularyThing place, VocabularyThing item) => place.Serves.IsEmpty || item.Where is null || place.Serves.Contains(item.Where);

    private static bool Contradicts(Intent earlier, Intent later) => (earlier, later) switch
    {
        (Intent.Bring(_, var one, var here), Intent.Bring(_, var other, var there)) => one.IsSame(other) && here.Name != there.Name,
        (Intent.Bring(_, var one, _), Intent.Hold(_, var other)) => one.IsSame(other),
        _ => false,
    };

    private static bool IsSame(Intent a, Intent b) => (a, b) switch
    {
        (Intent.Bring(_, var one, var here), Intent.Bring(_, var other, var there)) => one.IsSame(other) && here.Name == there.Name,
        (Intent.Go, _) or (_, Intent.Go) => false,
        _ => a.GetType() == b.GetType() && Objects(a)!.IsSame(Objects(b)!),
    };

    private static Condition Part(Intent intent, Vocabulary vocabulary) => intent switch
    {
        Intent.Bring(_, var objects, var target) =>
            Each(objects, o => Atom.Of(vocabulary.Catalogue.IsA(target.Type, "container") ? "in" : "on", o.Name, target.Name)),
        Intent.Hold(_, var objects) => Each(objects, o => Atom.Of("holding", "robot", o.Name)),
        Intent.LetGo(_, var objects) => new Condition.All(
            [.. objects.Things.Select(o => (Condition)new Condition.Not(new Condition.Holds(Atom.Of("holding", "robot", o.Name)))), new Condition.Holds(Atom.Of("empty", "gripper"))]),
        Intent.Go(_, var places) => Each(places, p => Atom.Of("at", "robot", p.Name)),
        Intent.Find(_, var objects) => Each(objects, o => Atom.Of("located", o.Name)),
        _ => throw new InvalidOperationException($"no such intent: {intent.GetType().Name}"),
    };

    private static Condition Each(Group group, Func<VocabularyThing, Atom> atom)
    {
        ImmutableArray<Condition> all = [.. group.Things.Select(t => (Condition)new Condition.Holds(atom(t)))];
        return all.Length == 1 ? all[0] : group.AnyOne ? new Condition.Any(all) : new Condition.All(all);
    }

    private static Group? Objects(Intent intent) => intent switch
    {
        Intent.Bring b => b.Objects,
        Intent.Hold h => h.Objects,
        Intent.LetGo l => l.Objects,
        Intent.Find f => f.Objects,
        _ => null,
    };

    private static IEnumerable<string> Names(Intent intent) => intent switch
    {
        Intent.Bring b => b.Objects.Things.Append(b.Target).Select(t => t.Name),
        Intent.Go g => g.Places.Things.Select(t => t.Name),
        _ => Objects(intent)!.Things.Select(t => t.Name),
    };

    private static string Say(Intent intent) => intent switch
    {
        Intent.Bring b => $"go to the {b.Target.Spoken}",
        Intent.Hold h => $"pick up {h.Objects.Spoken}",
        Intent.Go g => $"go to {g.Places.Spoken}",
        _ => "stay",
    };
}
