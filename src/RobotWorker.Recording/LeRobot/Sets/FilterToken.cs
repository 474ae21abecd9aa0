using System.Collections.Immutable;
using System.Globalization;

namespace RobotWorker.Recording.LeRobot.Sets;

internal enum FilterTokenKind
{
    Name,
    Number,
    Text,
    Sign,
}

/// <summary>A word of a condition.</summary>
/// <param name="Text">As written, of a text without its quotes; empty for the sign that ends it.</param>
/// <param name="Column">Where it begins, from 1.</param>
/// <param name="Number">Whole where it is, so that long seeds keep their digits.</param>
internal sealed record FilterToken(FilterTokenKind Kind, string Text, int Column, object? Number = null)
{
    private static readonly ImmutableArray<string> Signs = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "~", "!", "(", ")"];

    public bool Is(string sign) => Kind == FilterTokenKind.Sign && Text == sign;

    /// <exception cref="DatasetException">Some of it is no word.</exception>
    public static ImmutableArray<FilterToken> Scan(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<FilterToken>();
        for (var at = 0; at < text.Length;)
        {
            var (c, start) = (text[at], at);
            if (char.IsWhiteSpace(c)) at++;
            else if (c is '\'' or '"')
            {
                at = text.IndexOf(c, start + 1) + 1;
                if (at == 0) throw Wrong(start + 1, $"the text has no closing {c}");
                tokens.Add(new(FilterTokenKind.Text, text[(start + 1)..(at - 1)], start + 1));
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.' or '/' or '-')) at++;
                tokens.Add(new(FilterTokenKind.Name, text[start..at], start + 1));
            }
            else if (char.IsAsciiDigit(c) || c is '.' or '-' or '+')
            {
                for (at++; at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.' || (text[at] is '-' or '+' && text[at - 1] is 'e' or 'E')); at++) { }
                tokens.Add(new(FilterTokenKind.Number, text[start..at], start + 1, Value(text[start..at], start + 1)));
            }
            else
            {
                var sign = Signs.FirstOrDefault(s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0) ?? throw Wrong(start + 1, c switch
                {
                    '=' => "'=' is none: == asks whether two are equal",
                    '&' or '|' => $"'{c}' is none: {c}{c} joins conditions",
                    _ => $"'{c}' means nothing here",
                });
                at += sign.Length;
                tokens.Add(new(FilterTokenKind.Sign, sign, start + 1));
            }
        }
        tokens.Add(new(FilterTokenKind.Sign, "", text.Length + 1));
        return tokens.ToImmutable();
    }

    public static DatasetException Wrong(int column, string what) => new($"--where, column {column}: {what}");

    private static object Value(string text, int column)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw Wrong(column, $"'{text}' is no number");
    }
}
