using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RobotWorker.Diagnostics;

/// <summary>Writes nodes as YAML that <see cref="DocumentReader"/> reads back: short leaves in braces on one line, the rest in lines.</summary>
public static partial class DocumentWriter
{
    private const int LineLength = 120;

    /// <param name="inLines">Which nodes are never put on one line, however short.</param>
    public static string Write(DocumentNode root, Func<DocumentNode, bool> inLines)
    {
        var text = new StringBuilder();
        WriteBlock(root, 0, text, inLines);
        return text.ToString();
    }

    /// <summary>Text, quoted where it has to be.</summary>
    public static ScalarNode Text(string text) => new(default, text, Quoted: !PlainForm().IsMatch(text) || text is "null" or "true" or "false");

    /// <summary>A number, or a value that is written as it stands.</summary>
    public static ScalarNode Plain(string text) => new(default, text, Quoted: false);

    public static ScalarNode Number(double value) => Plain(value.ToString("R", CultureInfo.InvariantCulture));

    public static ListNode List(IEnumerable<DocumentNode> items) => new(default, [.. items]);

    /// <summary>A mapping of the fields that have a value.</summary>
    public static MappingNode Mapping(params IEnumerable<(string Name, DocumentNode? Value)> fields) =>
        new(default, [.. fields.Where(f => f.Value is not null).Select(f => new DocumentField(f.Name, default, f.Value!))]);

    private static void WriteBlock(DocumentNode node, int indent, StringBuilder text, Func<DocumentNode, bool> inLines)
    {
        if (node is MappingNode { Fields.Count: > 0 } mapping)
            foreach (var (i, field) in mapping.Fields.Index())
                WriteField(field, i == 0 ? 0 : indent, indent, text, inLines);
        else if (node is ListNode { Items.Count: > 0 } list)
            foreach (var (i, item) in list.Items.Index())
            {
                text.Append(' ', i == 0 ? 0 : indent).Append("- ");
                if (Inline(item, indent + 2, inLines) is { } line) text.Append(line).Append('\n');
                else WriteBlock(item, indent + 2, text, inLines);
            }
        else text.Append(Flow(node)).Append('\n');
    }

    private static void WriteField(DocumentField field, int lead, int indent, StringBuilder text, Func<DocumentNode, bool> inLines)
    {
        text.Append(' ', lead).Append(Flow(Text(field.Name))).Append(':');
        if (Inline(field.Value, indent + field.Name.Length + 2, inLines) is { } line)
        {
            text.Append(' ').Append(line).Append('\n');
            return;
        }
        // A list under a field needs no indent of its own.
        var inner = field.Value is ListNode ? indent : indent + 2;
        text.Append('\n').Append(' ', inner);
        WriteBlock(field.Value, inner, text, inLines);
    }

    private static string? Inline(DocumentNode node, int column, Func<DocumentNode, bool> inLines)
    {
        if (node is ScalarNode or MappingNode { Fields.Count: 0 } or ListNode { Items.Count: 0 }) return Flow(node);
        return !inLines(node) && Flow(node) is var line && column + line.Length <= LineLength ? line : null;
    }

    private static string Flow(DocumentNode node) => node switch
    {
        ScalarNode { Quoted: false } plain => plain.Text,
        ScalarNode quoted => Quote(quoted.Text),
        ListNode list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        MappingNode mapping => $"{{{string.Join(", ", mapping.Fields.Select(f => $"{Flow(Text(f.Name))}: {Flow(f.Value)}"))}}}",
        _ => throw new InvalidOperationException($"no such node: {node.GetType().Name}"),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c is < ' ' or '\x7f' or '\x85' or '\xa0' or '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff' || char.IsControl(c))
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^(\.{1,2}/)*[A-Za-z_$][A-Za-z0-9_$./#-]*\z")]
    private static partial Regex PlainForm();
}
