using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Messages;

/// <summary>Makes a <see cref="DynamicMessageType"/>, and those that it nests, from definitions that were read.</summary>
internal sealed class DynamicTypeBuilder(DefinitionBundle bundle)
{
    // A fixed array stands in each message's default, and arrays of arrays multiply: a line of text must not cost more than this.
    private const int MostInitialBytes = 1 << 20;
    private const int ReferenceBytes = 8;
    private const int DeepestNesting = 50;

    private readonly Dictionary<string, StructDefinition> structures = [];
    private readonly Dictionary<string, DynamicMessageType> types = [];
    private readonly Dictionary<string, long> sizes = [];

    /// <summary>The message that the bundle is about.</summary>
    public DynamicMessageType Build(string name) => Type(name, OwnOr(bundle.Name, bundle.Top), 0);

    private DynamicMessageType Type(string name, StructDefinition part, int depth)
    {
        if (depth > DeepestNesting) throw RosCodecException.At("", 0, $"{name} contains itself, or nests deeper than {DeepestNesting} levels");
        var short1 = RosTypes.Short(name);
        if (depth > 0 && types.TryGetValue(short1, out var known)) return known;

        // What ROS 2 puts into a structure that may not be empty, and rosapi shows.
        var listed = part.Fields.Where(field => field.Name != "structure_needs_at_least_one_member").ToList();
        long size = ReferenceBytes;
        var fields = ImmutableArray.CreateBuilder<DynamicField>(listed.Count);
        foreach (var field in listed)
        {
            try
            {
                fields.Add(Field(field, depth, ref size));
            }
            catch (RosCodecException wrong)
            {
                throw wrong.Inside(field.Name);
            }
        }

        sizes[short1] = size;
        return types[short1] = new(name, Text(part), fields.DrainToImmutable());
    }

    private DynamicField Field(FieldDefinition field, int depth, ref long size)
    {
        var count = field.Type.Array == ArrayKind.Fixed ? field.Type.Length : 1;
        DynamicMessageType? nested = null;
        var each = BytesOf(field.Type.Name);
        if (!field.Type.IsPrimitive)
        {
            nested = Type($"{field.Type.Package}/msg/{field.Type.Name}", Structure(field.Type), depth + 1);
            each = sizes[RosTypes.Short(nested.Name)];
        }

        size += count * each;
        if (size > MostInitialBytes) throw RosCodecException.At("", 0, $"its fixed arrays make a message of more than {MostInitialBytes} bytes");
        if (nested is not null) return field.Type.Array == ArrayKind.None ? new DynamicNested(field, nested) : new DynamicNestedArray(field, nested);
        return RosPrimitives.CSharpName(field.Type.Name) switch
        {
            "bool" => Primitive(field, literal => RosPrimitives.Truth(literal) == true),
            "byte" => Primitive(field, Number<byte>),
            "sbyte" => Primitive(field, Number<sbyte>),
            "short" => Primitive(field, Number<short>),
            "ushort" => Primitive(field, Number<ushort>),
            "int" => Primitive(field, Number<int>),
            "uint" => Primitive(field, Number<uint>),
            "long" => Primitive(field, Number<long>),
            "ulong" => Primitive(field, Number<ulong>),
            "float" => Primitive(field, literal => (float)double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture)),
            "double" => Primitive(field, literal => double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture)),
            _ when field.Type.Array == ArrayKind.None => new DynamicText(field, field.Default is null ? "" : RosPrimitives.Text(field.Default)),
            _ => new DynamicTexts(field, field.Type.Array == ArrayKind.Fixed ? [.. Enumerable.Repeat("", field.Type.Length)] : []),
        };
    }

    private static long BytesOf(string primitive) => RosPrimitives.CSharpName(primitive) switch
    {
        "bool" or "byte" or "sbyte" => 1,
        "short" or "ushort" => 2,
        "int" or "uint" or "float" => 4,
        _ => ReferenceBytes,    // the long ones, and texts
    };

    private static DynamicField Primitive<T>(FieldDefinition field, Func<string, T> parse) where T : unmanaged
    {
        if (field.Type.Array == ArrayKind.None) return new DynamicValue<T>(field, field.Default is null ? default : parse(field.Default));
        if (field.Default is not null) return new DynamicValues<T>(field, [.. DefinitionParser.ArrayItems(field.Default).Select(parse)]);
        return new DynamicValues<T>(field, ImmutableCollectionsMarshal.AsImmutableArray(new T[field.Type.Array == ArrayKind.Fixed ? field.Type.Length : 0]));
    }

    private static T Number<T>(string literal) where T : System.Numerics.INumberBase<T> => T.Parse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture);

    private StructDefinition Structure(FieldType type)
    {
        var name = $"{type.Package}/{type.Name}";
        if (structures.TryGetValue(name, out var known)) return known;
        if (bundle.Others.TryGetValue(name, out var found)) return structures[name] = OwnOr(name, found);
        return structures[name] = Compiled(name) ?? throw RosCodecException.At("", 0, $"the definition does not say what {name} is");
    }

    /// <summary>Time, duration and header differ between the dialects; only our definitions say how.</summary>
    private static StructDefinition OwnOr(string name, StructDefinition given) =>
        name is "std_msgs/Header" or "builtin_interfaces/Time" or "builtin_interfaces/Duration" ? Compiled(name) ?? given : given;

    private static StructDefinition? Compiled(string name) => RosTypes.Message(name) is { } type
        ? DefinitionBundle.Parse(type.Name, type.Definition.Split(DefinitionText.Separator)[0], DefinitionRules.Ros2, out _).Top
        : null;

    /// <summary>The text in our form, from which both dialects' texts and md5sums come.</summary>
    private string Text(StructDefinition part)
    {
        var text = new StringBuilder(DefinitionText.Ros2(part));
        var listed = new HashSet<string>();
        Append(part);
        return text.ToString();

        void Append(StructDefinition from)
        {
            foreach (var field in from.Fields.Where(field => !field.Type.IsPrimitive))
            {
                var name = $"{field.Type.Package}/{field.Type.Name}";
                if (!listed.Add(name)) continue;
                text.Append(DefinitionText.Separator).Append("MSG: ").Append(name).Append('\n').Append(DefinitionText.Ros2(Structure(field.Type)));
                Append(Structure(field.Type));
            }
        }
    }
}
