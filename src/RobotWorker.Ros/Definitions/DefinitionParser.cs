using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace RobotWorker.Ros.Definitions;

/// <summary>
/// Reads <c>.msg</c>, <c>.srv</c> and <c>.action</c> files in their ROS 2 form (ROS 2 interface definition, docs.ros.org).
/// It finds all problems of a file, never throws on content, and says where each one is.
/// <para>
/// One file describes both dialects. Where ROS 1 differs, a comment that ROS itself skips says how: <c>float64[9] k  # ros1: K</c> (another name),
/// <c>string x  # ros1: -</c> (not there), and on a line of its own <c># ros1: uint32 seq</c> (only there).
/// </para>
/// </summary>
public static class DefinitionParser
{
    private const string Directive = "ros1:";

    private static readonly Regex FieldLine = new(
        @"^(?<type>[A-Za-z][A-Za-z0-9_/]*)(?<limit><=[^\s\[]*)?(?<array>\[[^\]]*\])?\s+(?<rest>\S.*)$", RegexOptions.CultureInvariant);

    private static readonly Regex Ros1TextConstant = new(@"^\s*string\s+[A-Za-z][A-Za-z0-9_]*\s*=", RegexOptions.CultureInvariant);
    private static readonly Regex ForeignName = new("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.CultureInvariant);
    // One letter an iteration: with `+` inside, a long wrong name takes exponential time.
    private static readonly Regex FieldName = new("^[a-z](?:_?[a-z0-9])*$", RegexOptions.CultureInvariant);
    private static readonly Regex ConstantName = new("^[A-Z](?:_?[A-Z0-9])*$", RegexOptions.CultureInvariant);
    private static readonly Regex TypeName = new("^[A-Z][A-Za-z0-9]*$", RegexOptions.CultureInvariant);
    private static readonly Regex PackageName = new("^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant);

    /// <summary>Reads a definition; what was unreadable is left out of it and described in <paramref name="problems"/>.</summary>
    public static Definition Parse(
        string package, DefinitionKind kind, string name, string text, out IReadOnlyList<DefinitionProblem> problems,
        DefinitionRules rules = DefinitionRules.Own)
    {
        var found = new List<DefinitionProblem>();
        if (!Allowed(PackageName, rules).IsMatch(package)) found.Add(new(1, 1, $"package '{package}' is not lower_case_with_underscores"));
        if (!Allowed(TypeName, rules).IsMatch(name)) found.Add(new(1, 1, $"the file name '{name}' is not a CamelCase type name"));

        string[] partNames = kind switch
        {
            DefinitionKind.Service => ["Request", "Response"],
            DefinitionKind.Action => ["Goal", "Result", "Feedback"],
            _ => [""],
        };
        var sections = Sections(text);
        if (sections.Count != partNames.Length)
        {
            var line = sections.Count > partNames.Length ? sections[partNames.Length].FirstLine - 1 : sections[sections.Count - 1].FirstLine;
            found.Add(new(line, 1, $"{kind} '{name}' needs {partNames.Length - 1} '---' lines, found {sections.Count - 1}"));
        }

        var parts = new List<StructDefinition>();
        for (var i = 0; i < partNames.Length && i < sections.Count; i++)
        {
            var partName = partNames[i].Length == 0 ? name : name + "_" + partNames[i];
            parts.Add(ParsePart(package, partName, partNames[i], sections[i], rules, found));
        }

        problems = found;
        return new(package, kind, name, parts);
    }

    private static StructDefinition ParsePart(
        string package, string name, string part, Section section, DefinitionRules rules, List<DefinitionProblem> problems)
    {
        var fields = new List<FieldDefinition>();
        var constants = new List<ConstantDefinition>();
        var taken = new HashSet<string>();
        for (var i = 0; i < section.Lines.Count; i++)
        {
            var number = section.FirstLine + i;
            var line = rules == DefinitionRules.Ros1 ? WithoutRos1Comment(section.Lines[i]) : WithoutComment(section.Lines[i]);
            var directive = rules == DefinitionRules.Ros1 ? null : Ros1Directive(section.Lines[i], line.Length);
            var onlyRos1 = line.Trim().Length == 0 && directive is not null;
            if (onlyRos1) line = line + directive;
            var start = line.Length - line.TrimStart().Length + 1;
            if (line.Trim().Length == 0) continue;

            var problem = ParseLine(package, line.Trim(), number, rules, fields, constants);
            if (problem is null && directive is not null) problem = Mark(fields, constants, number, onlyRos1, directive);
            if (problem is not null && directive is not null && onlyRos1 && rules != DefinitionRules.Own) continue;
            var latest = problem is null ? Latest(fields, constants, number) : "";
            problem ??= taken.Add(latest) ? null : $"'{latest}' is declared twice";
            if (problem is not null) problems.Add(new(number, start, problem));
        }

        return new(name, part, fields, constants, string.Join("\n", section.Lines).Trim('\n'));
    }

    /// <summary>What stands behind <c># ros1:</c>, or null.</summary>
    private static string? Ros1Directive(string line, int commentStart)
    {
        if (commentStart == line.Length) return null;
        var comment = line.Substring(commentStart + 1).Trim();
        return comment.StartsWith(Directive, System.StringComparison.Ordinal) ? comment.Substring(Directive.Length).Trim() : null;
    }

    private static string? Mark(
        List<FieldDefinition> fields, List<ConstantDefinition> constants, int number, bool onlyRos1, string directive)
    {
        if (constants.Count > 0 && constants[constants.Count - 1].Line == number)
        {
            if (!onlyRos1 && directive != "-") return $"a constant has no other name on ROS 1; only '# ros1: -' is understood, not '{directive}'";
            constants[constants.Count - 1] = constants[constants.Count - 1] with { OnRos1 = onlyRos1, OnRos2 = !onlyRos1 };
            return null;
        }

        if (!onlyRos1 && directive != "-" && !ForeignName.IsMatch(directive)) return $"'# ros1: {directive}' is neither a field name nor '-'";
        var field = fields[fields.Count - 1];
        fields[fields.Count - 1] = onlyRos1 ? field with { OnRos2 = false }
            : directive == "-" ? field with { OnRos1 = false }
            : field with { Ros1Name = directive };
        return null;
    }

    private static string Latest(List<FieldDefinition> fields, List<ConstantDefinition> constants, int line) =>
        fields.Count > 0 && fields[fields.Count - 1].Line == line ? fields[fields.Count - 1].Name : constants[constants.Count - 1].Name;

    private static string? ParseLine(
        string package, string line, int number, DefinitionRules rules, List<FieldDefinition> fields, List<ConstantDefinition> constants)
    {
        var match = FieldLine.Match(line);
        if (!match.Success) return $"'{line}' is neither 'type name', 'type name default' nor 'type NAME=value'";
        var problem = ParseType(package, match, rules, out var type);
        if (problem is not null) return problem;

        var rest = match.Groups["rest"].Value;
        var equals = rest.IndexOf('=');
        if (equals >= 0 && Allowed(ConstantName, rules).IsMatch(rest.Substring(0, equals).Trim()))
        {
            if (!type.IsPrimitive || type.Array != ArrayKind.None) return "only a primitive can be a constant";
            var constant = new ConstantDefinition(type.Name, rest.Substring(0, equals).Trim(), rest.Substring(equals + 1).Trim(), number);
            if (!RosPrimitives.IsValue(type.Name, constant.Value)) return $"'{constant.Value}' is not a value of {type.Name}";
            constants.Add(constant);
            return null;
        }

        var space = rest.IndexOfAny([' ', '\t']);
        var name = space < 0 ? rest : rest.Substring(0, space);
        var value = space < 0 ? null : rest.Substring(space).Trim();
        if (!Allowed(FieldName, rules).IsMatch(name)) return $"field name '{name}' is not lower_case_with_underscores";
        if (value is not null && DefaultProblem(type, value) is { } wrong) return wrong;
        fields.Add(new(type, name, value, number));
        return null;
    }

    private static string? ParseType(string package, Match match, DefinitionRules rules, out FieldType type)
    {
        var name = match.Groups["type"].Value;
        type = new("", name, int.MaxValue, ArrayKind.None, 0);
        if (match.Groups["array"].Success)
        {
            var inside = match.Groups["array"].Value.Trim('[', ']');
            var digits = inside.StartsWith("<=", System.StringComparison.Ordinal) ? inside.Substring(2) : inside;
            var length = 0;
            if (inside.Length > 0 && (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length) || length == 0))
                return $"array length '{inside}' is not a number above 0";
            type = type with { Array = inside.Length == 0 ? ArrayKind.Unbounded : digits == inside ? ArrayKind.Fixed : ArrayKind.Bounded, Length = length };
        }

        if (match.Groups["limit"].Success)
        {
            if (name != "string") return $"only a string has a limit, '{name}' has none";
            var digits = match.Groups["limit"].Value.Substring(2);
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit == 0)
                return $"string limit '<={digits}' is not '<=' and a number above 0";
            type = type with { TextLimit = limit };
        }

        if (RosPrimitives.CSharpName(name) is not null) return null;
        if (rules == DefinitionRules.Ros1)
        {
            name = name switch
            {
                "time" => "builtin_interfaces/Time",
                "duration" => "builtin_interfaces/Duration",
                "Header" => "std_msgs/Header",
                _ => name,
            };
        }

        if (name == "wstring") return "wstring is not supported; use string (UTF-8)";
        if (name == "time") return "'time' is ROS 1; use builtin_interfaces/Time";
        if (name == "duration") return "'duration' is ROS 1; use builtin_interfaces/Duration";
        var path = name.Split('/');
        if (path.Length == 3 && path[1] == "msg") path = [path[0], path[2]];
        type = type with { Package = path.Length == 1 ? package : path[0], Name = path[path.Length - 1] };
        return path.Length <= 2 && Allowed(TypeName, rules).IsMatch(type.Name) && Allowed(PackageName, rules).IsMatch(type.Package)
            ? null
            : $"'{name}' is no type: neither a primitive nor 'package/Name'";
    }

    private static string? DefaultProblem(FieldType type, string value)
    {
        if (!type.IsPrimitive) return "a nested message has no default";
        if (type.Array == ArrayKind.None) return RosPrimitives.IsValue(type.Name, value) ? null : $"'{value}' is not a value of {type.Name}";
        if (type.Name == "string" || value[0] != '[' || value[value.Length - 1] != ']')
            return "the default of an array is '[1, 2, ...]', of numbers";
        var items = ArrayItems(value);
        if (type.Array == ArrayKind.Fixed && items.Count != type.Length) return $"{type.Length} default values are needed, found {items.Count}";
        return items.FirstOrDefault(item => !RosPrimitives.IsValue(type.Name, item)) is { } bad ? $"'{bad}' is not a value of {type.Name}" : null;
    }

    /// <summary>The items of an array literal such as <c>[1, 2]</c>.</summary>
    public static IReadOnlyList<string> ArrayItems(string literal)
    {
        var inside = literal.Trim('[', ']').Trim();
        return inside.Length == 0 ? [] : [.. inside.Split(',').Select(item => item.Trim())];
    }

    /// <summary>The line up to a <c>#</c> that stands outside quotes.</summary>
    private static string WithoutComment(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote != '\0') quote = line[i] == quote && line[i - 1] != '\\' ? '\0' : quote;
            else if (line[i] is '"') quote = line[i];
            else if (line[i] == '#') return line.Substring(0, i);
        }

        return line;
    }

    /// <summary>ROS 1 knows no quotes, and the text of a constant goes to the end of the line.</summary>
    private static string WithoutRos1Comment(string line) =>
        line.IndexOf('#') is var comment && (comment < 0 || Ros1TextConstant.IsMatch(line)) ? line : line.Substring(0, comment);

    /// <summary>Names in the text of others may be in any case: <c>float64[9] K</c>, <c>NavigateToPose_Goal</c>.</summary>
    private static Regex Allowed(Regex own, DefinitionRules rules) => rules == DefinitionRules.Own ? own : ForeignName;

    private static List<Section> Sections(string text)
    {
        var sections = new List<Section> { new(1, []) };
        var number = 0;
        foreach (var raw in text.Replace("\r\n", "\n").TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            if (raw.TrimEnd() == "---") sections.Add(new(number + 1, []));
            else sections[sections.Count - 1].Lines.Add(raw.TrimEnd());
        }

        return sections;
    }

    private sealed record Section(int FirstLine, List<string> Lines);
}
