using RobotWorker.Diagnostics;
using RobotWorker.Skills;

namespace RobotWorker.Plans.Checks;

/// <summary>Checks the arguments of skills and calls against what is asked for.</summary>
internal sealed class ArgumentChecker(CheckContext context)
{
    /// <param name="owner">For messages: "skill 'pick'".</param>
    /// <param name="whole">Where the step stands.</param>
    /// <param name="placeOf">Where the value of an argument stands.</param>
    public void Check(
        string owner, IReadOnlyDictionary<string, string> given, IReadOnlyList<SkillArgument> asked, Place whole, Func<string, Place> placeOf, Scope scope)
    {
        foreach (var (name, value) in given)
        {
            if (asked.FirstOrDefault(a => a.Name == name) is { } argument) CheckValue(owner, argument, value, placeOf(name), scope);
            else context.Bag.Error(Codes.UnknownArgument, placeOf(name), $"{owner} has no argument '{name}'", Nearest.Help(name, [.. asked.Select(a => a.Name)]));
        }
        foreach (var argument in asked.Where(a => a.Default is null && !given.ContainsKey(a.Name)))
            context.Bag.Error(Codes.MissingArgument, whole, $"{owner} needs the argument '{argument.Name}' ({Describe(argument)})");
    }

    private void CheckValue(string owner, SkillArgument argument, string value, Place place, Scope scope)
    {
        if (argument.Type is not ("number" or "text" or "flag"))
        {
            context.Names.Expect(value, argument.Type, place, scope, context.Bag);
            var zones = context.Plan.Limits.Zones;
            if (argument.Type == "place" && !value.StartsWith('$') && !zones.IsEmpty && !zones.Contains(value))
                context.Bag.Error(Codes.OutsideZones, place, $"'{value}' is not among the zones that the plan's limits allow", Nearest.Help(value, zones));
            return;
        }
        if (value.StartsWith('$'))
        {
            if (NameTable.FindVariable(value, place, scope, context.Bag) is { } variable && variable.Type != argument.Type)
                context.Bag.Error(Codes.WrongType, place, $"'{value}' is of type '{variable.Type}', not '{argument.Type}'");
            return;
        }
        switch (argument.Type)
        {
            case "number":
                CheckNumber(owner, argument, value, place);
                break;
            case "flag" when value is not ("true" or "false"):
                context.Bag.Error(Codes.WrongValue, place, $"'{argument.Name}' of {owner} is true or false, not '{value}'");
                break;
            case "text" when argument.Choices.Length > 0 && !argument.Choices.Contains(value):
                context.Bag.Error(Codes.ValueOutOfRange, place, $"'{argument.Name}' of {owner} cannot be '{value}'", Nearest.Help(value, argument.Choices));
                break;
        }
    }

    private void CheckNumber(string owner, SkillArgument argument, string value, Place place)
    {
        if (new ScalarNode(place, value, Quoted: false).AsNumber() is not { } number)
        {
            context.Bag.Error(Codes.WrongValue, place, $"'{argument.Name}' of {owner} is a number, not '{value}'", Units.Help(value, argument.Unit));
            return;
        }
        if (number >= (argument.Minimum ?? double.NegativeInfinity) && number <= (argument.Maximum ?? double.PositiveInfinity)) return;
        context.Bag.Error(Codes.ValueOutOfRange, place, $"'{argument.Name}' of {owner} is {value}{Units.Suffix(argument.Unit)}", Units.RangeHelp(argument, number));
    }

    private static string Describe(SkillArgument argument) => argument.Unit is null ? $"type '{argument.Type}'" : $"a {argument.Type} in {argument.Unit}";
}
