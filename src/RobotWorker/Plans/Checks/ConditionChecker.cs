using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>Checks the atoms of conditions: that the predicate is known, and that its names are as many as it takes and of its types.</summary>
internal sealed class ConditionChecker(CheckContext context)
{
    public void Check(Condition condition, Scope scope)
    {
        foreach (var atom in condition.Walk()) Check(atom, scope);
    }

    private void Check(Atom atom, Scope scope)
    {
        var predicates = context.Catalogue.Predicates.ByName;
        if (!predicates.TryGetValue(atom.Predicate, out var predicate))
        {
            context.Bag.Error(Codes.UnknownPredicate, atom.Place, $"there is no predicate '{atom.Predicate}'", Nearest.Help(atom.Predicate, [.. predicates.Keys]));
            return;
        }
        if (atom.Arguments.Length != predicate.Arguments.Length)
        {
            context.Bag.Error(
                Codes.WrongArity, atom.Place, $"{atom} gives '{atom.Predicate}' the wrong number of names",
                $"it takes {predicate.Arguments.Length}: {{{predicate.Name}: [{string.Join(", ", predicate.Arguments)}]}}");
            return;
        }
        for (var i = 0; i < predicate.Arguments.Length; i++)
            context.Names.Expect(atom.Arguments[i], predicate.Arguments[i], atom.Place, scope, context.Bag);
    }
}
