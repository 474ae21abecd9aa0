using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RobotWorker.Diagnostics;

/// <summary>
/// YamlDotNet's parser, whose own failures on odd text (its scanner throws InvalidOperationException on <c>{a|</c> and a line break) become
/// errors of the document like any other.
/// </summary>
internal sealed class GuardedParser(string text) : IParser
{
    private readonly Parser parser = new(new StringReader(text));

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        var reached = parser.Current?.End ?? Mark.Empty;
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException or NullReferenceException)
        {
            throw new YamlException(reached, reached, "it cannot be understood from here on", e);
        }
    }
}
