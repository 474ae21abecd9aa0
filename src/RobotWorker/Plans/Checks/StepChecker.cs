using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>Walks a tree of steps with the variables that have a value at each, and checks every name in it.</summary>
internal sealed class StepChecker(CheckContext context, ConditionChecker conditions)
{
    private static readonly string[] ValueTypes = ["number", "text", "flag"];

    private readonly ArgumentChecker arguments = new(context);
    private readonly List<Variable> declared = [];

    /// <summary>Checks a plan's tree from its root, and warns of variables that nobody used.</summary>
    public void CheckRoot(PlanNode root, ImmutableArray<PlanObject> parameters)
    {
        declared.Clear();
        var scope = Scope.Empty;
        foreach (var p in parameters)
        {
            context.Names.ExpectType(p.Type, p.TypePlace, context.Bag, ValueTypes);
            scope = scope.With(Declare(p.Name, p.Type, "parameter", p.Place));
        }
        Check(root, scope);
        foreach (var variable in declared.Where(v => !v.Used))
            context.Bag.Warn(Codes.UnusedVariable, variable.Place, $"the {variable.Kind} '{variable.Name}' is never used", $"use it as '${variable.Name}'");
    }

    /// <returns>The variables that have a value after the step.</returns>
    private Scope Check(PlanNode node, Scope scope) => node switch
    {
        SkillNode step => CheckSkill(step, scope),
        SequenceNode n => n.Children.Aggregate(scope, (s, child) => Check(child, s)),
        FallbackNode n => n.Children.Select(c => Check(c, scope)).Aggregate((Scope?)null, (a, b) => a?.Both(b) ?? b) ?? scope,
        ParallelNode n => CheckParallel(n, scope),
        IfNode n => CheckIf(n, scope),
        WhileNode n => CheckWhile(n, scope),
        RepeatNode n => Check(n.Do, scope),
        WaitNode n => CheckWait(n, scope),
        ForeachNode n => CheckForeach(n, scope),
        CallNode n => CheckCall(n, scope),
        _ => throw new InvalidOperationException($"no such step: {node.GetType().Name}"),
    };

    private Scope CheckSkill(SkillNode step, Scope scope)
    {
        foreach (var condition in new[] { step.Pre, step.Hold, step.Post }) conditions.Check(condition, scope);
        if (step.Undo is { } undo) CheckUndo(step, undo, scope);
        if (FindSkill(step.Skill, step.PlaceOf("skill")) is not { } skill) return scope;
        arguments.Check($"skill '{skill.Name}'", step.Arguments, skill.Arguments, step.Place, name => step.PlaceOf("args." + name), scope);
        return step.Out.Aggregate(scope, (s, output) => CheckOutput(step, skill, output.Key, output.Value, s));
    }

    private SkillDefinition? FindSkill(string name, Place place)
    {
        if (context.Catalogue.Skills.TryGetValue(name, out var skill)) return skill;
        context.Bag.Error(Codes.UnknownSkill, place, $"there is no skill '{name}'", Nearest.Help(name, [.. context.Catalogue.Skills.Keys]));
        return null;
    }

    private void CheckUndo(SkillNode step, UndoSkill undo, Scope scope)
    {
        if (FindSkill(undo.Skill, step.PlaceOf("undo.skill")) is not { } skill) return;
        // 'source' is where the object was when the step began; it has a type at run time only.
        var known = undo.Arguments.RemoveRange(undo.Arguments.Where(a => a.Value == "source").Select(a => a.Key));
        var asked = skill.Arguments.Where(a => known.ContainsKey(a.Name) || !undo.Arguments.ContainsKey(a.Name)).ToList();
        arguments.Check($"skill '{skill.Name}'", known, asked, step.PlaceOf("undo"), name => step.PlaceOf("undo.args." + name), scope);
    }

    private Scope CheckOutput(SkillNode step, SkillDefinition skill, string output, string variable, Scope scope)
    {
        var place = step.PlaceOf("out." + output);
        if (skill.Outputs.FirstOrDefault(o => o.Name == output) is { } known) return scope.With(Declare(variable, known.Type, "output", place));
        context.Bag.Error(Codes.UnknownOutput, place, $"skill '{skill.Name}' has no output '{output}'", Nearest.Help(output, [.. skill.Outputs.Select(o => o.Name)]));
        return scope;
    }

    private Scope CheckParallel(ParallelNode node, Scope scope)
    {
        var after = node.Children.Select(c => Check(c, scope)).ToList();
        return node.Success == node.Children.Length ? after.Aggregate(scope, (a, b) => a.Either(b)) : scope;
    }

    private Scope CheckIf(IfNode node, Scope scope)
    {
        conditions.Check(node.Condition, scope);
        var then = Check(node.Then, scope);
        return node.Else is null ? scope : then.Both(Check(node.Else, scope));
    }

    private Scope CheckWhile(WhileNode node, Scope scope)
    {
        conditions.Check(node.Hold, scope);
        Check(node.Do, scope);
        return scope;
    }

    private Scope CheckWait(WaitNode node, Scope scope)
    {
        conditions.Check(node.For, scope);
        return scope;
    }

    private Scope CheckForeach(ForeachNode node, Scope scope)
    {
        context.Names.ExpectType(node.Type, node.PlaceOf("foreach.each"), context.Bag);
        var variable = Declare(node.Variable, node.Type, "iteration variable", node.PlaceOf("foreach.each"));
        conditions.Check(node.Where, scope.With(variable));
        // In the condition it only chooses; a body that does the same for each without naming it is suspicious.
        variable.Used = false;
        Check(node.Do, scope.With(variable));
        return scope;
    }

    private Scope CheckCall(CallNode node, Scope scope)
    {
        if (context.Plan.Plans.TryGetValue(node.Plan, out var called))
        {
            var asked = called.Parameters.Select(p => new SkillArgument(p.Name, p.Type, null, null, null, null)).ToList();
            arguments.Check($"plan '{called.Name}'", node.Arguments, asked, node.Place, name => node.PlaceOf("call.args." + name), scope);
            return scope;
        }
        context.Bag.Error(Codes.UnknownPlan, node.PlaceOf("call.plan"), $"there is no plan '{node.Plan}'", Nearest.Help(node.Plan, [.. context.Plan.Plans.Keys]));
        return scope;
    }

    private Variable Declare(string name, string type, string kind, Place place)
    {
        var variable = new Variable(name, type, kind, place);
        declared.Add(variable);
        return variable;
    }
}
