using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace RobotWorker.Ros.Definitions;

/// <summary>
/// A message's definition with those that it depends on, each after a line of <c>=</c> and <c>MSG: package/Name</c>: the form of MCAP's schemas, of
/// TCPROS's connection headers and of rosapi.
/// </summary>
public sealed class DefinitionBundle
{
    private DefinitionBundle(string name, StructDefinition top, IReadOnlyDictionary<string, StructDefinition> others) =>
        (Name, Top, Others) = (name, top, others);

    /// <summary>The message's name, <c>geometry_msgs/PoseStamped</c>.</summary>
    public string Name { get; }

    /// <summary>The message itself.</summary>
    public StructDefinition Top { get; }

    /// <summary>What it depends on, by name.</summary>
    public IReadOnlyDictionary<string, StructDefinition> Others { get; }

    /// <summary>Reads the text. What was unreadable is left out and described; lines are counted from the first one of the whole text.</summary>
    /// <param name="name">Either spelling of the message's name.</param>
    /// <param name="text">The definition with all that it depends on.</param>
    /// <param name="rules">Whose form it has.</param>
    /// <param name="problems">What is wrong with it.</param>
    public static DefinitionBundle Parse(string name, string text, DefinitionRules rules, out IReadOnlyList<DefinitionProblem> problems)
    {
        var found = new List<DefinitionProblem>();
        var others = new Dictionary<string, StructDefinition>();
        StructDefinition? top = null;
        var names = name.Split('/');
        var current = names[0] + "/" + names[names.Length - 1];
        var body = new StringBuilder();
        var number = 0;
        var start = 0;
        foreach (var line in text.Replace("\r\n", "\n").Split('\n'))
        {
            number++;
            if (IsSeparator(line))
            {
                Close();
                current = "";
                start = number;
            }
            else if (current.Length == 0 && line.StartsWith("MSG:", System.StringComparison.Ordinal))
            {
                var next = line.Substring("MSG:".Length).Trim().Split('/');
                current = next[0] + "/" + next[next.Length - 1];
                start = number;
            }
            else if (current.Length > 0)
            {
                body.Append(line).Append('\n');
            }
            else if (line.Trim().Length > 0)
            {
                found.Add(new(number, 1, "'MSG: package/Name' should follow the line of '='"));
                current = "unknown/Unknown";
            }
        }

        Close();
        problems = found;
        return new(names[0] + "/" + names[names.Length - 1], top!, others);

        void Close()
        {
            if (top is not null && current.Length == 0) return;
            var parts = current.Split('/');
            var read = DefinitionParser.Parse(parts[0], DefinitionKind.Message, parts[parts.Length - 1], body.ToString(), out var wrong, rules);
            found.AddRange(wrong.Select(one => one with { Line = one.Line + start }));
            if (top is null) top = read.Parts[0];
            else others[current] = read.Parts[0];
            body.Clear();
        }
    }

    private static bool IsSeparator(string line) => line.Length >= 10 && line.Trim().All(letter => letter == '=') && line.Trim().Length >= 10;
}
