using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>
/// A condition on episodes, such as <c>success == true &amp;&amp; recoveries > 0 &amp;&amp; length &lt; 300</c>: columns of <c>meta/episodes</c> (and <c>episode_index</c>, <c>length</c>, <c>seconds</c>, <c>task</c>) are compared with
/// numbers, 'texts', true, false, null and each other by == != &lt; &lt;= > >=, texts also by ~ (contains); &amp;&amp;, || and ! join them. A comparison with a value that is missing is false, but for == null and != null.
/// </summary>
public sealed class EpisodeFilter
{
    private readonly StoredSet set;
    private readonly ImmutableArray<FilterToken> tokens;
    private readonly Func<StoredEpisode, bool> holds;
    private int next;

    private EpisodeFilter(StoredSet set, string text)
    {
        (this.set, tokens) = (set, FilterToken.Scan(text));
        holds = Any();
        if (!Next.Is("")) throw Wrong(Next, $"'{Next.Text}' is unexpected: && or || joins conditions");
    }

    /// <exception cref="DatasetException">It is no such condition; the text says at which column of it and why.</exception>
    public static Func<StoredEpisode, bool> Parse(StoredSet set, string text) => new EpisodeFilter(set, text).holds;

    private FilterToken Next => tokens[next];

    private Func<StoredEpisode, bool> Any()
    {
        var one = All();
        while (Took("||"))
        {
            var (left, right) = (one, All());
            one = e => left(e) || right(e);
        }
        return one;
    }

    private Func<StoredEpisode, bool> All()
    {
        var one = Not();
        while (Took("&&"))
        {
            var (left, right) = (one, Not());
            one = e => left(e) && right(e);
        }
        return one;
    }

    private Func<StoredEpisode, bool> Not()
    {
        if (Took("!"))
        {
            var inner = Not();
            return e => !inner(e);
        }
        if (!Took("(")) return Comparison();
        var within = Any();
        if (!Took(")")) throw Wrong(Next, "')' is missing");
        return within;
    }

    private Func<StoredEpisode, bool> Comparison()
    {
        var left = Operand();
        var how = Next;
        if (how.Kind != FilterTokenKind.Sign || how.Text is "" or "&&" or "||" or ")" or "(" or "!")
            return left.Kind == CellKind.Truth ? e => left.Value(e) is true : throw Wrong(left.Token, $"'{left.Token.Text}' is no condition by itself: it is {Word(left.Kind)}, compare it with something");
        next++;
        var right = Operand();
        if (how.Text == "~" && (left.Kind, right.Kind) is not (CellKind.Text, CellKind.Text)) throw Wrong(how, "'~' looks for a text in a text");
        if (left.Kind is { } a && right.Kind is { } b && a != b) throw Wrong(right.Token, $"{Word(left.Kind)} is compared with {Word(right.Kind)}: '{left.Token.Text}' with '{right.Token.Text}'");
        if (how.Text is not ("==" or "!=" or "~") && (left.Kind is CellKind.Truth || right.Kind is CellKind.Truth)) throw Wrong(how, $"true and false have no order: only == and != compare them");
        if (left.Kind is null || right.Kind is null)
        {
            if (how.Text is not ("==" or "!=")) throw Wrong(how, "null is compared by == and != only");
            return e => (left.Value(e) is null) == (right.Value(e) is null) == (how.Text == "==");
        }
        return e => left.Value(e) is { } one && right.Value(e) is { } other && Holds(how.Text, one, other);
    }

    private Term Operand()
    {
        var token = Next;
        next++;
        switch (token.Kind)
        {
            case FilterTokenKind.Number: return new(token, CellKind.Fraction, _ => token.Number);
            case FilterTokenKind.Text: return new(token, CellKind.Text, _ => token.Text);
            case FilterTokenKind.Name when token.Text is "true" or "false": return new(token, CellKind.Truth, _ => token.Text == "true");
            case FilterTokenKind.Name when token.Text == "null": return new(token, null, _ => null);
            case FilterTokenKind.Name: return Column(token);
            default: throw Wrong(token, token.Is("") ? "something is missing at the end: a column, a number, a 'text', true, false or null" : $"'{token.Text}' is unexpected: a column, a number, a 'text', true, false or null stands here");
        }
    }

    private Term Column(FilterToken token)
    {
        switch (token.Text)
        {
            case "episode_index": return new(token, CellKind.Fraction, e => (double)e.Number);
            case "length": return new(token, CellKind.Fraction, e => (double)e.Length);
            case "seconds": return new(token, CellKind.Fraction, e => (double)e.Length / set.FramesPerSecond);
            case "task": return new(token, CellKind.Text, e => string.Join(" / ", e.Tasks));
        }
        var column = set.Own.FirstOrDefault(o => o.Name == token.Text)
            ?? throw Wrong(token, $"there is no column '{token.Text}'; {Nearest.Help(token.Text, [.. set.Own.Select(o => o.Name), "episode_index", "length", "seconds", "task"])}");
        if (column.IsList) throw Wrong(token, $"'{token.Text}' has lists in it, which cannot be compared");
        return new(token, column.Kind == CellKind.Whole ? CellKind.Fraction : column.Kind, e => column.Values[e.Number] is double number && !double.IsFinite(number) ? null : column.Values[e.Number]);
    }

    private static bool Holds(string how, object one, object other)
    {
        // Seeds have more digits than a double keeps.
        var order = (one, other) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (bool a, bool b) => a.CompareTo(b),
            (long a, long b) => a.CompareTo(b),
            (long or double, long or double) => Exact(one).CompareTo(Exact(other)),
            _ => throw new NotSupportedException(),
        };
        return how switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => ((string)one).Contains((string)other, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static decimal Exact(object number) => number switch
    {
        long whole => whole,
        double fraction => (decimal)Math.Clamp(fraction, -1e27, 1e27),
        _ => throw new NotSupportedException(),
    };

    private bool Took(string sign)
    {
        if (Next.Kind != FilterTokenKind.Sign || !Next.Is(sign)) return false;
        next++;
        return true;
    }

    private static string Word(CellKind? kind) => kind switch { CellKind.Text => "a text", CellKind.Truth => "true or false", null => "null", _ => "a number" };

    private static DatasetException Wrong(FilterToken token, string what) => FilterToken.Wrong(token.Column, what);

    private sealed record Term(FilterToken Token, CellKind? Kind, Func<StoredEpisode, object?> Value);
}
