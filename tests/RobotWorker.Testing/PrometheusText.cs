using System.Globalization;
using System.Text.RegularExpressions;

namespace RobotWorker.Testing;

/// <summary>Prometheus' text format, read line by line as its documentation describes it; whatever is not of that form is an error.</summary>
public static partial class PrometheusText
{
    /// <returns>Values by name and labels, the labels by name: <c>fault_active{fault_code="A"}</c>; and the types by name.</returns>
    public static (SortedDictionary<string, double> Values, SortedDictionary<string, string> Types) Parse(string text)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var types = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal) && line.Split(' ') is [_, _, var name, var type]) types[name] = type;
            if (line[0] == '#') continue;
            var match = Sample().Match(line);
            if (!match.Success) throw new FormatException($"no sample: {line}");
            var labels = Label().Matches(match.Groups[2].Value).Select(l => l.Value).Order(StringComparer.Ordinal);
            values[$"{match.Groups[1].Value}{{{string.Join(",", labels)}}}"] = match.Groups[3].Value switch
            {
                "+Inf" => double.PositiveInfinity,
                var number => double.Parse(number, CultureInfo.InvariantCulture),
            };
        }
        return (values, types);
    }

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\.)*",?)*)\})? (\S+)(?: -?[0-9.]+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex(@"[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^""\\]|\\.)*""")]
    private static partial Regex Label();
}
