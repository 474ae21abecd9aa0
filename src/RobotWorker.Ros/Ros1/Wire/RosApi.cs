using System.Collections.Immutable;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>The form in which masters and nodes answer: <c>[code, words, value]</c>, where code 1 means done.</summary>
internal static class RosApi
{
    public static XmlRpcValue Done(string words, XmlRpcValue value) => XmlRpcValue.List(1, words, value);

    public static XmlRpcValue Refused(string words) => XmlRpcValue.List(-1, words, 0);

    /// <summary>The value of an answer.</summary>
    /// <exception cref="Ros1RefusedException">The code is not 1.</exception>
    /// <exception cref="Ros1Exception">It has another form.</exception>
    public static XmlRpcValue Value(XmlRpcValue answer, string who, string method)
    {
        if (answer is not XmlRpcArray([XmlRpcInt(var code), XmlRpcText(var words), var value])) throw new Ros1Exception($"{who} answers {method} with {Short(answer)}");
        return code == 1 ? value : throw new Ros1RefusedException($"{who} refuses {method}: {words}");
    }

    /// <summary>The texts of a list; whatever is no text is left out.</summary>
    public static ImmutableArray<string> Texts(XmlRpcValue value) => value is XmlRpcArray(var items) ? [.. items.OfType<XmlRpcText>().Select(item => item.Value)] : [];

    /// <summary>The pairs of texts in a list.</summary>
    public static ImmutableArray<(string First, string Second)> Pairs(XmlRpcValue value) => value is XmlRpcArray(var items)
        ? [.. items.OfType<XmlRpcArray>().Select(pair => Texts(pair)).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]))]
        : [];

    public static string Short(XmlRpcValue value) => value.ToString() is { Length: > 100 } text ? text[..100] + "..." : value.ToString();
}
