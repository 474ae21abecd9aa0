using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RobotWorker.Ros.Ros1.XmlRpc;

/// <summary>Writes calls and answers. No white space between elements, which roscpp's parser would take for a text.</summary>
public static class XmlRpcWriter
{
    // XML 1.0 has no way to write these, not even as references.
    private static readonly SearchValues<char> Unwritable = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n', '\r'])) + "\uFFFE\uFFFF");

    /// <summary>A call.</summary>
    /// <exception cref="XmlRpcException">A text has a character that XML cannot carry.</exception>
    public static byte[] Call(string method, params ImmutableArray<XmlRpcValue> arguments)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>");
        Escape(text, method);
        text.Append("</methodName><params>");
        foreach (var argument in arguments) Param(text, argument);
        return Bytes(text.Append("</params></methodCall>"));
    }

    /// <summary>An answer.</summary>
    /// <exception cref="XmlRpcException">A text has a character that XML cannot carry.</exception>
    public static byte[] Response(XmlRpcValue value)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><methodResponse><params>");
        Param(text, value);
        return Bytes(text.Append("</params></methodResponse>"));
    }

    /// <summary>A fault.</summary>
    public static byte[] Fault(int code, string message)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><methodResponse><fault>");
        Value(text, XmlRpcValue.Map(("faultCode", code), ("faultString", Writable(message))));
        return Bytes(text.Append("</fault></methodResponse>"));
    }

    private static void Param(StringBuilder text, XmlRpcValue value)
    {
        text.Append("<param>");
        Value(text, value);
        text.Append("</param>");
    }

    private static void Value(StringBuilder text, XmlRpcValue value)
    {
        text.Append("<value>");
        switch (value)
        {
            case XmlRpcInt(var number):
                text.Append(CultureInfo.InvariantCulture, $"<int>{number}</int>");
                break;
            case XmlRpcBool(var truth):
                text.Append(truth ? "<boolean>1</boolean>" : "<boolean>0</boolean>");
                break;
            case XmlRpcDouble(var number):
                text.Append("<double>").Append(Spell(number)).Append("</double>");
                break;
            case XmlRpcText(var words):
                text.Append("<string>");
                Escape(text, words);
                text.Append("</string>");
                break;
            case XmlRpcBytes(var bytes):
                text.Append("<base64>").Append(Convert.ToBase64String(bytes.AsSpan())).Append("</base64>");
                break;
            case XmlRpcArray(var items):
                text.Append("<array><data>");
                foreach (var item in items) Value(text, item);
                text.Append("</data></array>");
                break;
            case XmlRpcStruct(var members):
                text.Append("<struct>");
                foreach (var (name, member) in members)
                {
                    text.Append("<member><name>");
                    Escape(text, name);
                    text.Append("</name>");
                    Value(text, member);
                    text.Append("</member>");
                }

                text.Append("</struct>");
                break;
            default:
                text.Append("<nil/>");
                break;
        }

        text.Append("</value>");
    }

    // Python's float() reads all of these; a whole number keeps its point, so that no reader takes it for an int.
    private static string Spell(double number) => number switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ when number.ToString("R", CultureInfo.InvariantCulture) is var digits => digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0",
        _ => "",
    };

    private static void Escape(StringBuilder text, string words)
    {
        var at = words.AsSpan().IndexOfAny(Unwritable);
        if (at >= 0) throw new XmlRpcException($"the text has the character U+{(int)words[at]:X4} at {at}, which XML cannot carry");
        foreach (var letter in words)
        {
            _ = letter switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '\r' => text.Append("&#13;"),    // a bare one would come out as a line feed
                _ => text.Append(letter),
            };
        }
    }

    private static string Writable(string words) => string.Concat(words.Select(letter => Unwritable.Contains(letter) ? '?' : letter));

    private static byte[] Bytes(StringBuilder text) => Encoding.UTF8.GetBytes(text.ToString());
}
