using System.Collections.Immutable;

namespace RobotWorker.Planners.Sentences;

internal enum Amount
{
    /// <summary>"the red cup": one, and it must be clear which.</summary>
    This,

    /// <summary>"a cup": one of them, whichever.</summary>
    AnyOne,

    /// <summary>"all cups", "everything".</summary>
    All,

    /// <summary>"both cups", "three cups": so many, and no more are there.</summary>
    Count,
}

/// <summary>A noun phrase as written, before anyone looks for what it means.</summary>
/// <param name="At">Its first token.</param>
/// <param name="Nouns">Adjectives and noun, in order; empty for "everything".</param>
/// <param name="From">Where it is, when said.</param>
/// <param name="Except">What is left out, when said.</param>
internal sealed record Phrase(Token At, Amount Amount, int Number, ImmutableArray<Token> Nouns, Phrase? From, Phrase? Except)
{
    public override string ToString() => Nouns.Length == 0 ? "object" : string.Join(' ', Nouns.Select(n => n.Text));
}

/// <summary>What a phrase means: these things, or with <paramref name="AnyOne"/> one of them.</summary>
internal sealed record Group(Token At, ImmutableArray<VocabularyThing> Things, bool AnyOne)
{
    public bool IsSame(Group other) => AnyOne == other.AnyOne && Things.Select(t => t.Name).SequenceEqual(other.Things.Select(t => t.Name));

    public string Spoken => string.Join(AnyOne ? " or " : " and ", Things.Select(t => "the " + t.Spoken));
}
