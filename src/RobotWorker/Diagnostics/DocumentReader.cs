using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RobotWorker.Diagnostics;

/// <summary>Reads YAML (and so JSON) text into nodes with places. Anchors and aliases are refused: a plan says what it means where it says it.</summary>
public static class DocumentReader
{
    private const int DeepestNesting = 64;

    /// <returns>The root, or null where the text is no document; the bag then says why.</returns>
    public static DocumentNode? Read(string text, string file, DiagnosticBag bag)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.Accept<DocumentStart>(out _))
            {
                bag.Error("RW0001", new(file, 1, 1), "the document is empty");
                return null;
            }
            parser.Consume<DocumentStart>();
            var root = ReadNode(parser, file, bag, depth: 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                bag.Error("RW0001", At(file, parser.Current!), "a second document follows", "keep one document a file");
            return bag.HasErrors ? null : root;
        }
        catch (YamlException e)
        {
            bag.Error("RW0001", new(file, (int)e.Start.Line, (int)e.Start.Column), $"this is not valid YAML or JSON: {Reason(e)}");
            return null;
        }
    }

    private static DocumentNode ReadNode(IParser parser, string file, DiagnosticBag bag, int depth)
    {
        var place = At(file, parser.Current!);
        if (depth > DeepestNesting) throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {DeepestNesting} levels");
        if (parser.TryConsume<Scalar>(out var scalar)) return new ScalarNode(place, scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any));
        if (parser.TryConsume<SequenceStart>(out _)) return ReadList(parser, file, bag, place, depth);
        if (parser.TryConsume<MappingStart>(out _)) return ReadMapping(parser, file, bag, place, depth);
        throw new YamlException(parser.Current!.Start, parser.Current.End, "aliases (*name) are not supported; write the value out");
    }

    private static ListNode ReadList(IParser parser, string file, DiagnosticBag bag, Place place, int depth)
    {
        var items = new List<DocumentNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, file, bag, depth + 1));
        return new ListNode(place, items);
    }

    private static MappingNode ReadMapping(IParser parser, string file, DiagnosticBag bag, Place place, int depth)
    {
        var fields = new List<DocumentField>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var name))
                throw new YamlException(parser.Current!.Start, parser.Current.End, "a field's name must be plain text");
            var at = At(file, name);
            var value = ReadNode(parser, file, bag, depth + 1);
            if (fields.Exists(f => f.Name == name.Value)) bag.Error("RW0002", at, $"'{name.Value}' is given twice");
            else fields.Add(new(name.Value, at, value));
        }
        return new MappingNode(place, fields);
    }

    private static Place At(string file, ParsingEvent e) => new(file, (int)e.Start.Line, (int)e.Start.Column);

    private static string Reason(YamlException e) => e.InnerException?.Message ?? e.Message;
}
