using System.Text;
using System.Text.RegularExpressions;

namespace RobotWorker.Sabotage;

/// <summary>
/// All mutants of a file in one text: each mutated method stands beside its original under a name of its own, and the original asks first which of them is meant. So a project is
/// compiled once, and not once a mutant (mutant schemata: Untch, Offutt, Harrold 1993). It relies on how our code is written: a member begins at four blanks.
/// </summary>
internal static partial class Weaving
{
    /// <summary>A source that says which mutant is meant; 0: none.</summary>
    public const string Switch = "internal static class Saboteur { public static int Mutant; }";

    /// <param name="mutants">With their numbers, from 1.</param>
    /// <exception cref="InvalidDataException">A mutant's text does not stand there, or not once, or in no method.</exception>
    public static string Weave(string source, IReadOnlyList<(int Number, Mutant Mutant)> mutants)
    {
        var woven = new StringBuilder();
        var at = 0;
        var methods = mutants.Select(m => (m.Number, m.Mutant, Method: MethodOf(source, m.Mutant))).GroupBy(m => m.Method).OrderBy(g => g.Key.Start);
        foreach (var method in methods)
        {
            var (start, end) = method.Key;
            woven.Append(source, at, start - at).Append(Dispatching(source[start..end], [.. method.Select(m => m.Number)]));
            foreach (var (number, mutant, _) in method)
                woven.Append('\n').Append(Renamed(source[start..end].Replace(mutant.Find, mutant.Replace, StringComparison.Ordinal), number));
            at = end;
        }
        return woven.Append(source, at, source.Length - at).ToString();
    }

    private static (int Start, int End) MethodOf(string source, Mutant mutant)
    {
        var at = source.IndexOf(mutant.Find, StringComparison.Ordinal);
        if (at < 0 || source.IndexOf(mutant.Find, at + 1, StringComparison.Ordinal) >= 0)
            throw new InvalidDataException($"{mutant.Name}: its text must stand once in {mutant.File}, and stands there {(at < 0 ? "not at all" : "more than once")}:\n{mutant.Find}");
        var start = Signature().Matches(source).Last(m => m.Index <= at).Index;
        var end = EndOf(source, start);
        return end >= at + mutant.Find.Length ? (start, end) : throw new InvalidDataException($"{mutant.Name}: its text stands in no method of {mutant.File}");
    }

    // A block ends with a brace at four blanks, an expression with a semicolon before an empty line or the end of the type.
    private static int EndOf(string source, int start)
    {
        var (arrow, block) = (Arrow().Match(source, start).Index, source.IndexOf("\n    {\n", start, StringComparison.Ordinal));
        if (block >= 0 && (arrow == 0 || block < arrow)) return source.IndexOf("\n    }\n", block, StringComparison.Ordinal) + "\n    }".Length;
        var ends = new[] { ";\n\n", ";\n}" }.Select(end => source.IndexOf(end, start, StringComparison.Ordinal)).Where(at => at >= 0);
        return ends.Min() + 1;
    }

    private static string Dispatching(string method, List<int> numbers)
    {
        var signature = Signature().Match(method);
        var name = signature.Groups["name"].Value;
        var arguments = string.Join(", ", Parameters(method, signature.Length));
        var call = (int n) => $"{name}__{n}({arguments})";
        var isVoid = signature.Groups["type"].Value == "void";
        var arrow = Arrow().Match(method);
        var body = method.IndexOf("\n    {\n", StringComparison.Ordinal);
        var asking = string.Concat(numbers.Select(n => $"        if (Saboteur.Mutant == {n}) {{ {(isVoid ? $"{call(n)}; return;" : $"return {call(n)};")} }}\n"));
        if (!arrow.Success || (body >= 0 && body < arrow.Index)) return method[..(body + 7)] + asking + method[(body + 7)..];
        var expression = method[(arrow.Index + arrow.Length)..].TrimStart();
        return $"{method[..(arrow.Index + 1)]}\n    {{\n{asking}        {(isVoid ? "" : "return ")}{expression}\n    }}\n";
    }

    private static string Renamed(string method, int number)
    {
        var name = Signature().Match(method).Groups["name"];
        return method[..(name.Index + name.Length)] + $"__{number}" + method[(name.Index + name.Length)..];
    }

    private static IEnumerable<string> Parameters(string method, int open)
    {
        var (depth, from) = (0, open);
        for (var i = open; i < method.Length; i++)
        {
            if (method[i] is '<' or '(' or '[') depth++;
            if (depth == 0 && method[i] is ',' or ')' && depth == 0)
            {
                var declared = method[from..i].Split('=')[0].Trim();
                if (declared.Length > 0) yield return declared[(declared.LastIndexOf(' ') + 1)..];
                from = i + 1;
                if (method[i] == ')') yield break;
            }
            else if (method[i] is '>' or ')' or ']') depth--;
        }
    }

    [GeneratedRegex(@"^    (?:public |private |internal |protected )(?:static |override )*(?<type>[^=;\n]*?) (?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Signature();

    [GeneratedRegex(@"\) =>")]
    private static partial Regex Arrow();
}
