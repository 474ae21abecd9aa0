using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RobotWorker.Diagnostics;

/// <summary>Scalars and vectors. Every method has an optional twin that gives null where the field is not there.</summary>
public sealed partial class FieldReader
{
    /// <summary>Free text; "" where there is none.</summary>
    public string Text(string name) => ToText(name, Node(name)) ?? "";

    public string? OptionalText(string name) => ToText(name, OptionalNode(name));

    /// <summary>A name: a letter or underscore, then letters, digits, underscores and hyphens.</summary>
    public string Name(string name) => ToName(ToText(name, Node(name)), PlaceOf(name), Bag) ?? "";

    public string? OptionalName(string name) => ToName(ToText(name, OptionalNode(name)), PlaceOf(name), Bag);

    /// <summary>A list of names.</summary>
    public ImmutableArray<string> OptionalNames(string name) =>
        [.. OptionalList(name).Select(n => ToName(ToText(name, n), n.Place, Bag) ?? "")];

    /// <summary>A list of texts, such as paths.</summary>
    public ImmutableArray<string> OptionalTexts(string name) => [.. OptionalList(name).Select(n => ToText(name, n) ?? "")];

    /// <summary>A finite number within its bounds, which belong to them; 0 where there is none.</summary>
    public double Number(string name, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity) =>
        ToNumber(name, Node(name), minimum, maximum) ?? 0;

    public double? OptionalNumber(string name, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity) =>
        ToNumber(name, OptionalNode(name), minimum, maximum);

    /// <summary>A whole number within its bounds, which belong to them.</summary>
    public int Integer(string name, int minimum = int.MinValue, int maximum = int.MaxValue) => ToInteger(name, Node(name), minimum, maximum) ?? 0;

    public int? OptionalInteger(string name, int minimum = int.MinValue, int maximum = int.MaxValue) =>
        ToInteger(name, OptionalNode(name), minimum, maximum);

    /// <summary>A list of whole numbers within bounds; those that are none are left out, with an error.</summary>
    public ImmutableArray<int> OptionalIntegers(string name, int minimum = int.MinValue, int maximum = int.MaxValue) =>
        [.. OptionalList(name).Select(n => ToInteger(name, n, minimum, maximum)).OfType<int>()];

    public bool? OptionalFlag(string name)
    {
        if (OptionalNode(name) is not { } node) return null;
        if (node is ScalarNode scalar && scalar.IsFlag()) return scalar.Text == "true";
        Bag.Error(Codes.WrongKind, node.Place, $"'{name}' of {What} is true or false, not {node.Describe()}");
        return null;
    }

    /// <summary>A duration such as <c>300ms</c> or <c>5s</c>, at least <paramref name="minimum"/> (zero if none is given).</summary>
    public TimeSpan Duration(string name, TimeSpan minimum = default) => ToDuration(name, Node(name), minimum) ?? TimeSpan.Zero;

    public TimeSpan? OptionalDuration(string name, TimeSpan minimum = default) => ToDuration(name, OptionalNode(name), minimum);

    /// <summary>One of a few words; the first where there is none.</summary>
    public string Choice(string name, params IReadOnlyList<string> words) => ToChoice(name, Node(name), words) ?? words[0];

    public string? OptionalChoice(string name, params IReadOnlyList<string> words) => ToChoice(name, OptionalNode(name), words);

    /// <summary>A list of exactly <paramref name="length"/> numbers within bounds; zeros where there is none.</summary>
    public ImmutableArray<double> Vector(
        string name, int length, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity) =>
        ToVector(name, Node(name), length, minimum, maximum) ?? [.. new double[length]];

    public ImmutableArray<double>? OptionalVector(
        string name, int length, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity) =>
        ToVector(name, OptionalNode(name), length, minimum, maximum);

    /// <summary>Text that is a name; null, with an error, where it is not.</summary>
    public static string? ToName(string? text, Place place, DiagnosticBag bag)
    {
        if (text is null || NameForm().IsMatch(text)) return text;
        bag.Error(Codes.NotAName, place, $"'{text}' is not a name", "a name begins with a letter or '_' and goes on with letters, digits, '_' and '-'");
        return null;
    }

    public static bool IsName(string text) => NameForm().IsMatch(text);

    private string? ToText(string name, DocumentNode? node)
    {
        if (node is null) return null;
        if (node is ScalarNode scalar && scalar.IsText()) return scalar.Text;
        Bag.Error(Codes.WrongKind, node.Place, $"'{name}' of {What} is text, not {node.Describe()}", node is ScalarNode ? "put it into quotes if text is meant" : null);
        return null;
    }

    private double? ToNumber(string name, DocumentNode? node, double minimum, double maximum)
    {
        if (node is null) return null;
        if (node is not ScalarNode scalar || scalar.AsNumber() is not { } value)
        {
            Bag.Error(Codes.NotANumber, node.Place, $"'{name}' of {What} is a number, not {node.Describe()}", "numbers are in SI units, without a unit and without quotes");
            return null;
        }
        return InRange(name, node.Place, value, minimum, maximum) ? value : null;
    }

    private int? ToInteger(string name, DocumentNode? node, int minimum, int maximum)
    {
        if (ToNumber(name, node, double.NegativeInfinity, double.PositiveInfinity) is not { } value) return null;
        if (value != Math.Floor(value))
        {
            Bag.Error(Codes.NotANumber, node!.Place, $"'{name}' of {What} is a whole number, not {node.Describe()}");
            return null;
        }
        return InRange(name, node!.Place, value, minimum == int.MinValue ? double.NegativeInfinity : minimum, maximum == int.MaxValue ? double.PositiveInfinity : maximum)
            && InRange(name, node.Place, value, int.MinValue, int.MaxValue) ? (int)value : null;
    }

    private bool InRange(string name, Place place, double value, double minimum, double maximum)
    {
        if (value >= minimum && value <= maximum) return true;
        var range = (double.IsFinite(minimum), double.IsFinite(maximum)) switch
        {
            (true, true) => $"it must be from {Plain(minimum)} to {Plain(maximum)}",
            (true, false) => $"it must be at least {Plain(minimum)}",
            _ => $"it must be at most {Plain(maximum)}",
        };
        Bag.Error(Codes.OutOfRange, place, $"'{name}' of {What} is {Plain(value)}", range);
        return false;
    }

    private TimeSpan? ToDuration(string name, DocumentNode? node, TimeSpan minimum)
    {
        if (node is null) return null;
        if (node is not ScalarNode scalar || Diagnostics.Duration.Parse(scalar.Text) is not { } value)
        {
            Bag.Error(Codes.NotADuration, node.Place, $"'{name}' of {What} is a duration, not {node.Describe()}", "write a number and ms, s, min or h, such as 5s; at most 168h");
            return null;
        }
        if (value >= minimum) return value;
        Bag.Error(Codes.OutOfRange, node.Place, $"'{name}' of {What} is {scalar.Text}", $"it must be at least {Diagnostics.Duration.Write(minimum)}");
        return null;
    }

    private string? ToChoice(string name, DocumentNode? node, IReadOnlyList<string> words)
    {
        if (ToText(name, node) is not { } text) return null;
        if (words.Contains(text)) return text;
        Bag.Error(Codes.NotAChoice, node!.Place, $"'{name}' of {What} cannot be '{text}'", Nearest.Help(text, words));
        return null;
    }

    private ImmutableArray<double>? ToVector(string name, DocumentNode? node, int length, double minimum, double maximum)
    {
        if (node is null) return null;
        var items = Items(name, node);
        if (node is ListNode && items.Count != length)
            Bag.Error(Codes.WrongLength, node.Place, $"'{name}' of {What} has {items.Count} entries", $"it must have {length}");
        return items.Count == length ? [.. items.Select(i => ToNumber(name, i, minimum, maximum) ?? 0)] : null;
    }

    private static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex NameForm();
}
