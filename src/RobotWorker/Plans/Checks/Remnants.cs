using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>What a step may leave behind: a cup in the hand.</summary>
/// <param name="Key">What puts it right, in one word: <c>place(object=cup1)</c>. Of what cannot be put right, the step itself.</param>
/// <param name="Shows">Atoms that are true while it is there.</param>
/// <param name="Restored">Atoms, <c>_</c> for any name, of which one being true shows that it is not there any more.</param>
/// <param name="Why">How it came to be left to others; null while those are at work who mean to go on with it.</param>
internal sealed record Remnant(SkillNode Step, string Key, UndoSkill? Restore, ImmutableArray<Atom> Shows, ImmutableArray<Atom> Restored, string? Why = null)
{
    /// <summary>What a step of a skill with a <c>restore</c> leaves behind; null of any other.</summary>
    public static Remnant? Of(SkillNode step, BoundSkill bound, SkillCatalogue catalogue)
    {
        if (bound.Definition.Restore is not { } restore || !catalogue.Skills.TryGetValue(restore.Skill, out var restorer)) return null;
        var arguments = restore.Arguments.ToImmutableSortedDictionary(a => a.Key, a => ConditionAtoms.Value(a.Value, bound.Arguments), StringComparer.Ordinal);
        var restored = restorer.Cases.Aggregate(restorer.Post, (all, c) => all.And(c.Post)).Substitute(arguments).Demanded();
        return new(step, KeyOf(restore.Skill, arguments), new(restore.Skill, arguments), [.. bound.Post.Demanded()], [.. restored.Select(Anything)]);
    }

    /// <summary>What a step of a skill that puts right is busy with.</summary>
    public static IEnumerable<Remnant> PutRightBy(SkillNode step, BoundSkill bound, SkillCatalogue catalogue) =>
        from maker in catalogue.Skills.Values
        where maker.Restore?.Skill == step.Skill
        let arguments = maker.Restore!.Arguments.Keys.Where(bound.Arguments.ContainsKey).ToImmutableSortedDictionary(a => a, a => bound.Arguments[a], StringComparer.Ordinal)
        let made = maker.Restore!.Arguments.Where(a => a.Value.StartsWith('$') && arguments.ContainsKey(a.Key)).ToDictionary(a => a.Value[1..], a => arguments[a.Key], StringComparer.Ordinal)
        select new Remnant(step, KeyOf(step.Skill, arguments), new(step.Skill, arguments), [.. maker.Post.Substitute(made).Demanded()], [.. bound.Post.Demanded()]);

    /// <summary>What cannot be undone and is broken off: nothing puts that right.</summary>
    public static Remnant Irreversible(SkillNode step) => new(step, $"{step.Skill} at {step.Place}", null, [], []);

    /// <summary>Whether it is certain not to be there where an atom has been settled.</summary>
    public bool IsGone(Atom atom, bool value) => value ? Restored.Any(atom.Matches) : Shows.Contains(atom);

    private static string KeyOf(string skill, IEnumerable<KeyValuePair<string, string>> arguments) => $"{skill}({string.Join(", ", arguments.Select(a => $"{a.Key}={a.Value}"))})";

    private static Atom Anything(Atom atom) => atom with { Arguments = [.. atom.Arguments.Select(a => a.StartsWith('$') ? "_" : a)] };
}

/// <summary>What may have been left behind at one point of a plan.</summary>
internal sealed record Remnants(ImmutableSortedDictionary<string, Remnant> ByStep)
{
    // What is forgotten only costs an error that would have been the 65th; unbounded, long plans would be checked in quadratic time.
    private const int Remembered = 64;

    public static readonly Remnants None = new(ImmutableSortedDictionary.Create<string, Remnant>(StringComparer.Ordinal));

    public IEnumerable<Remnant> Stranded => ByStep.Values.Where(r => r.Why is not null);

    public bool Has(Remnant remnant) => ByStep.ContainsValue(remnant);

    public Remnants With(Remnant remnant)
    {
        var key = $"{remnant.Key} of {remnant.Step.Place}";
        if (ByStep.TryGetValue(key, out var known) ? known.Why is not null || remnant.Why is null : ByStep.Count >= Remembered) return this;
        return new(ByStep.SetItem(key, remnant));
    }

    public Remnants Or(Remnants other) => ReferenceEquals(this, other) ? this : other.ByStep.Values.Aggregate(this, (all, r) => all.With(r));

    public Remnants Without(Func<Remnant, bool> gone) => new(ByStep.RemoveRange(ByStep.Where(r => gone(r.Value)).Select(r => r.Key)));

    /// <summary>Where a condition has come out true, or false.</summary>
    public Remnants After(Condition condition, bool value) =>
        ByStep.IsEmpty ? this : Certain.Follows(condition, value).Aggregate(this, (left, a) => left.Without(r => r.IsGone(a.Atom, a.Value)));

    /// <summary>What was not there before is left to whoever goes on.</summary>
    public Remnants LeftSince(Remnants before, string why) =>
        ByStep.Where(r => !before.ByStep.ContainsKey(r.Key)).Aggregate(this, (all, r) => all.With(r.Value with { Why = r.Value.Why ?? why }));
}
