using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Planners.Sentences;

/// <summary>The tokens with a position, and the first thing that went wrong.</summary>
internal sealed class Reader(ImmutableArray<Token> tokens)
{
    public const string File = "sentence";

    public int Position { get; set; }

    public Diagnostic? Wrong { get; private set; }

    public Token Now => tokens[Position];

    public Token Next => tokens[Math.Min(Position + 1, tokens.Length - 1)];

    public bool AtEnd => Now.Kind == TokenKind.End;

    public Token Take() => AtEnd ? Now : tokens[Position++];

    /// <summary>Takes the words if all of them come next.</summary>
    public bool Skip(params string[] words)
    {
        for (var i = 0; i < words.Length; i++)
            if (Position + i >= tokens.Length || !tokens[Position + i].Is(words[i])) return false;
        Position += words.Length;
        return true;
    }

    public bool SkipAny(params string[] words) => words.Any(w => Skip(w));

    /// <summary>Keeps the first failure; null, so that a caller can return it.</summary>
    public T? Fail<T>(string code, Token at, string message, string? help = null)
        where T : class
    {
        Wrong ??= new(code, Severity.Error, new(File, 1, at.Column), message, help);
        return null;
    }
}
