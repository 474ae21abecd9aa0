namespace RobotWorker.Planners.Sentences;

/// <summary>What one clause asks for.</summary>
internal abstract record Intent(Token At)
{
    public sealed record Bring(Token At, Group Objects, VocabularyThing Target) : Intent(At);

    public sealed record Hold(Token At, Group Objects) : Intent(At);

    /// <summary>Not in the hand any more, wherever it goes.</summary>
    public sealed record LetGo(Token At, Group Objects) : Intent(At);

    public sealed record Go(Token At, Group Places) : Intent(At);

    public sealed record Find(Token At, Group Objects) : Intent(At);
}
