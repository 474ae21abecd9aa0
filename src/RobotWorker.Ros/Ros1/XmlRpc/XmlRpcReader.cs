using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace RobotWorker.Ros.Ros1.XmlRpc;

/// <summary>
/// Reads calls and answers from bytes that anybody may have sent: no document types, no outside entities, values nested at most
/// <see cref="MaximalDepth"/> deep. How many bytes there may be is whoever read them decides.
/// </summary>
public static class XmlRpcReader
{
    /// <summary>How deep arrays and structures may be nested: far more than any parameter tree, far less than a stack.</summary>
    public const int MaximalDepth = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>A call.</summary>
    /// <exception cref="XmlRpcException">The bytes are none.</exception>
    public static XmlRpcCall Call(ReadOnlySpan<byte> bytes) => Read(bytes, static reader =>
    {
        Open(reader, "methodCall");
        var method = TextOf(reader, "methodName").Trim();
        if (method.Length == 0) throw new XmlRpcException("the call names no method");
        var arguments = ImmutableArray.CreateBuilder<XmlRpcValue>();
        if (At(reader, "params"))
            Each(reader, "params", () =>
            {
                Open(reader, "param");
                arguments.Add(Value(reader, 0));
                Close(reader);
            });
        Close(reader);
        return new XmlRpcCall(method, arguments.ToImmutable());
    });

    /// <summary>An answer.</summary>
    /// <exception cref="XmlRpcException">The bytes are none.</exception>
    /// <exception cref="XmlRpcFaultException">The answer is a fault.</exception>
    public static XmlRpcValue Response(ReadOnlySpan<byte> bytes) => Read(bytes, static reader =>
    {
        Open(reader, "methodResponse");
        if (At(reader, "fault"))
        {
            Open(reader, "fault");
            throw Fault(Value(reader, 0));
        }

        Open(reader, "params");
        Open(reader, "param");
        return Value(reader, 0);
    });

    private static XmlRpcFaultException Fault(XmlRpcValue value)
    {
        var members = (value as XmlRpcStruct)?.Members;
        var code = members?.GetValueOrDefault("faultCode") is XmlRpcInt number ? number.Value : 0;
        return new(code, members?.GetValueOrDefault("faultString") is XmlRpcText text ? text.Value : value.ToString());
    }

    private static T Read<T>(ReadOnlySpan<byte> bytes, Func<XmlReader, T> read)
    {
        try
        {
            // From a text, so that no encoding declaration of the sender is obeyed: XML-RPC of ROS is UTF-8.
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF', ' ', '\t', '\r', '\n')), Settings);
            return read(reader);
        }
        catch (XmlException wrong)
        {
            throw new XmlRpcException($"no XML: {wrong.Message}", wrong);
        }
    }

    private static XmlRpcValue Value(XmlReader reader, int depth)
    {
        if (depth > MaximalDepth) throw new XmlRpcException($"values are nested more than {MaximalDepth} deep");
        if (!At(reader, "value")) throw Unexpected(reader, "value");
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return "";
        }

        reader.Read();
        // A value without a type is a text, and white space before a type is nothing.
        var bare = TakeText(reader);
        if (reader.NodeType == XmlNodeType.EndElement)
        {
            reader.Read();
            return bare;
        }

        var value = Typed(reader, depth);
        Close(reader);
        return value;
    }

    private static XmlRpcValue Typed(XmlReader reader, int depth)
    {
        var type = reader.LocalName;
        switch (type)
        {
            case "int" or "i4":
                var digits = TextOf(reader, type);
                return int.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? whole : throw NotA(type, digits);
            case "boolean":
                return TextOf(reader, type).Trim() switch
                {
                    "1" or "true" => true,
                    "0" or "false" => false,
                    var other => throw NotA(type, other),
                };
            case "double":
                return Number(TextOf(reader, type));
            case "string" or "dateTime.iso8601":
                return TextOf(reader, type);
            case "base64":
                return Bytes(TextOf(reader, type));
            case "nil":
                TextOf(reader, type);
                return XmlRpcValue.Nil;
            case "array":
                return Array(reader, depth);
            case "struct":
                return Struct(reader, depth);
            default:
                throw new XmlRpcException($"'{Cut(type)}' is no type of XML-RPC");
        }
    }

    private static XmlRpcDouble Number(string text)
    {
        var word = text.Trim();
        return new(word.ToLowerInvariant() switch
        {
            "nan" or "-nan" => double.NaN,
            "inf" or "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw NotA("double", word),
        });
    }

    private static XmlRpcBytes Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? new([.. bytes.AsSpan(0, length)]) : throw NotA("base64", text);
    }

    private static XmlRpcArray Array(XmlReader reader, int depth)
    {
        var items = ImmutableArray.CreateBuilder<XmlRpcValue>();
        Open(reader, "array");
        Each(reader, "data", () => items.Add(Value(reader, depth + 1)));
        Close(reader);
        return new(items.ToImmutable());
    }

    private static XmlRpcStruct Struct(XmlReader reader, int depth)
    {
        var members = ImmutableSortedDictionary.CreateBuilder<string, XmlRpcValue>(StringComparer.Ordinal);
        Each(reader, "struct", () =>
        {
            Open(reader, "member");
            var name = TextOf(reader, "name");
            members[name] = Value(reader, depth + 1);
            Close(reader);
        });
        return new(members.ToImmutable());
    }

    private static bool At(XmlReader reader, string element) => reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == element;

    // Steps into an element that must have something in it.
    private static void Open(XmlReader reader, string element)
    {
        if (!At(reader, element)) throw Unexpected(reader, element);
        if (reader.IsEmptyElement) throw new XmlRpcException($"'{element}' is empty");
        reader.Read();
    }

    private static void Close(XmlReader reader)
    {
        if (reader.MoveToContent() != XmlNodeType.EndElement) throw Unexpected(reader, "the end of the element");
        reader.Read();
    }

    // Does something as long as elements come, within an element that may be empty.
    private static void Each(XmlReader reader, string element, Action item)
    {
        if (!At(reader, element)) throw Unexpected(reader, element);
        var isEmpty = reader.IsEmptyElement;
        reader.Read();
        if (isEmpty) return;
        while (reader.MoveToContent() == XmlNodeType.Element) item();
        Close(reader);
    }

    private static string TextOf(XmlReader reader, string element)
    {
        if (!At(reader, element)) throw Unexpected(reader, element);
        var isEmpty = reader.IsEmptyElement;
        reader.Read();
        if (isEmpty) return "";
        var text = TakeText(reader);
        Close(reader);
        return text;
    }

    private static string TakeText(XmlReader reader)
    {
        var text = new StringBuilder();    // a sender may cut a text into as many sections as it likes
        while (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
        {
            text.Append(reader.Value);
            reader.Read();
        }

        return text.ToString();
    }

    private static XmlRpcException Unexpected(XmlReader reader, string wanted) =>
        new($"'{wanted}' is expected where {(reader.NodeType == XmlNodeType.None ? "the document ends" : $"{reader.NodeType} '{Cut(reader.Name)}' stands")}");

    private static XmlRpcException NotA(string type, string text) => new($"'{Cut(text)}' is no {type}");

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
