using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RobotWorker.Diagnostics;

/// <summary>Reads YAML (and so JSON) text into nodes with places. Anchors and aliases are refused: a plan says what it means where it says it.</summary>
public static class DocumentReader
{
    /// <summary>Deepest nesting of values.</summary>
    public const int DeepestNesting = 128;

    /// <summary>Longest text, in characters: a plan of 10,000 written-out steps has about a quarter of it.</summary>
    public const int LongestText = 8_000_000;

    /// <returns>The root, or null where the text is no document; the bag then says why.</returns>
    public static DocumentNode? Read(string text, string file, DiagnosticBag bag)
    {
        if (text.Length > LongestText)
        {
            bag.Error(Codes.TooLarge, new(file, 0, 0), $"the document has {text.Length} characters", $"at most {LongestText} are read");
            return null;
        }
        try
        {
            return ReadDocument(new GuardedParser(text), file, bag);
        }
        catch (DocumentException e)
        {
            bag.Error(e.Code, At(file, e.Start), e.Message, e.Help);
            return null;
        }
        catch (YamlException e)
        {
            bag.Error(Codes.Unreadable, At(file, e.Start), $"this is not valid YAML or JSON: {e.Message}");
            return null;
        }
    }

    private static DocumentNode? ReadDocument(GuardedParser parser, string file, DiagnosticBag bag)
    {
        parser.Consume<StreamStart>();
        if (!parser.Accept<DocumentStart>(out _))
        {
            bag.Error(Codes.Unreadable, new(file, 1, 1), "the document is empty");
            return null;
        }
        parser.Consume<DocumentStart>();
        var clean = bag.All.Count;
        var root = ReadNode(parser, file, bag, depth: 0);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
            bag.Error(Codes.Unreadable, At(file, parser.Current!.Start), "a second document follows", "keep one document a file");
        return bag.All.Count == clean ? root : null;
    }

    private static DocumentNode ReadNode(GuardedParser parser, string file, DiagnosticBag bag, int depth)
    {
        if (parser.Accept<NodeEvent>(out var node) && (!node.Anchor.IsEmpty || HasTag(node)))
            throw new DocumentException(Codes.Unreadable, node.Start, "anchors (&name) and tags (!name) are not supported", "write the value out");
        var start = parser.Current!.Start;
        var place = At(file, start);
        if (depth > DeepestNesting) throw new DocumentException(Codes.TooLarge, start, $"values are nested deeper than {DeepestNesting} levels", "split the plan with 'call'");
        if (parser.TryConsume<Scalar>(out var scalar)) return new ScalarNode(place, scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any));
        if (parser.TryConsume<SequenceStart>(out _)) return ReadList(parser, file, bag, place, depth);
        if (parser.TryConsume<MappingStart>(out _)) return ReadMapping(parser, file, bag, place, depth);
        throw new DocumentException(Codes.Unreadable, start, "aliases (*name) are not supported", "write the value out");
    }

    private static ListNode ReadList(GuardedParser parser, string file, DiagnosticBag bag, Place place, int depth)
    {
        var items = new List<DocumentNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, file, bag, depth + 1));
        return new ListNode(place, items);
    }

    private static MappingNode ReadMapping(GuardedParser parser, string file, DiagnosticBag bag, Place place, int depth)
    {
        var fields = new List<DocumentField>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var name))
                throw new DocumentException(Codes.Unreadable, parser.Current!.Start, "a field's name must be plain text", null);
            var at = At(file, name.Start);
            var value = ReadNode(parser, file, bag, depth + 1);
            if (names.Add(name.Value)) fields.Add(new(name.Value, at, value));
            else bag.Error(Codes.GivenTwice, at, $"'{name.Value}' is given twice");
        }
        return new MappingNode(place, fields);
    }

    private static bool HasTag(NodeEvent node) => !node.Tag.IsEmpty && !node.Tag.IsNonSpecific;

    private static Place At(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private sealed class DocumentException(string code, Mark start, string message, string? help) : YamlException(start, start, message)
    {
        public string Code { get; } = code;

        public string? Help { get; } = help;
    }
}
