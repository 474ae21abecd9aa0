using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Planners.Sentences;

/// <summary>
/// Reads small English commands about the things of a scene: "put the red cup on the shelf and throw the green can into the bin". A sentence
/// is understood to its last word or not at all; what forbids, asks or sets conditions is refused rather than passed over.
/// </summary>
public static class SentenceReader
{
    private const int LongestSentence = 500;

    public static SentenceReading Read(string sentence, Vocabulary vocabulary)
    {
        var tokens = Token.Cut(sentence);
        var reader = new Reader(tokens);
        if (Refusal(sentence, tokens) is { } refused) return new Misunderstanding(refused, Examples(vocabulary));
        var intents = new ClauseParser(reader, vocabulary).All();
        if (intents is { Count: > 0 } && GoalBuilder.Build(intents, vocabulary, reader) is { } read) return read;
        return new Misunderstanding(reader.Wrong ?? Wrong(Codes.NoSentence, tokens[0], "nothing is asked for"), Examples(vocabulary));
    }

    /// <summary>Sentences that are understood with this vocabulary.</summary>
    public static ImmutableArray<string> Examples(Vocabulary vocabulary)
    {
        var objects = vocabulary.Of("object").Take(2).ToList();
        var (surface, container, place) = (vocabulary.Of("surface").LastOrDefault(), vocabulary.Of("container").FirstOrDefault(), vocabulary.Of("place").FirstOrDefault());
        var examples = ImmutableArray.CreateBuilder<string>();
        if (objects.Count > 0 && surface is not null) examples.Add($"put the {objects[0].Spoken} on the {surface.Spoken}");
        if (objects.Count > 1 && container is not null) examples.Add($"throw the {objects[1].Spoken} into the {container.Spoken}");
        if (objects.Count > 0) examples.Add($"pick up the {objects[0].Spoken}");
        if (place is not null) examples.Add($"go to the {place.Spoken}");
        return examples.ToImmutable();
    }

    private static Diagnostic? Refusal(string sentence, ImmutableArray<Token> tokens)
    {
        if (tokens.Length == 1) return Wrong(Codes.NoSentence, tokens[0], "nothing is asked for", "say what the robot shall do");
        if (sentence.Length > LongestSentence) return Wrong(Codes.NoSentence, tokens[0], $"the sentence has {sentence.Length} characters", $"at most {LongestSentence} are read");
        foreach (var token in tokens)
        {
            if (token.Kind == TokenKind.Strange) return Wrong(Codes.UnknownWord, token, $"'{token.Text}' is no word", "use plain words");
            if (Words.NoCommand.Contains(token.Text)) return Wrong(Codes.NotACommand, token, $"'{token.Text}' is not read: only what shall be done, without conditions, questions and prohibitions", "say what shall be done");
        }
        return tokens[0].Text is "is" or "are" or "which" ? Wrong(Codes.NotACommand, tokens[0], "questions are not answered", "say what shall be done") : null;
    }

    private static Diagnostic Wrong(string code, Token at, string message, string? help = null) => new(code, Severity.Error, new(Reader.File, 1, at.Column), message, help);
}
