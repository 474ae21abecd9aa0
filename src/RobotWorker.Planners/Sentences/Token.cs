using System.Collections.Immutable;

namespace RobotWorker.Planners.Sentences;

internal enum TokenKind
{
    Word,

    /// <summary>Comma, full stop, semicolon, exclamation or question mark.</summary>
    Mark,

    /// <summary>Anything else.</summary>
    Strange,

    /// <summary>After the last token.</summary>
    End,
}

/// <param name="Text">In lower case.</param>
/// <param name="Column">From one.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    public bool Is(string text) => Text == text;

    /// <summary>Cuts a sentence into words and marks; the last token is the end.</summary>
    public static ImmutableArray<Token> Cut(string sentence)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        for (var i = 0; i < sentence.Length;)
        {
            var start = i;
            if (char.IsWhiteSpace(sentence[i]))
            {
                i++;
                continue;
            }
            while (i < sentence.Length && IsOfWord(sentence[i])) i++;
            var kind = i > start ? TokenKind.Word : ",.;!?".Contains(sentence[i]) ? TokenKind.Mark : TokenKind.Strange;
            if (i == start) i++;
            tokens.Add(new(kind, sentence[start..i].ToLowerInvariant().Replace('\u2019', '\''), start + 1));
        }
        tokens.Add(new(TokenKind.End, "", sentence.Length + 1));
        return tokens.ToImmutable();
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '\'' or '\u2019';
}
