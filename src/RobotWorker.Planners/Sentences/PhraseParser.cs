using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Planners.Sentences;

/// <summary>
/// Noun phrases: <c>[all|every|both|a|the ...] {adjective} noun [from the table] [except ...]</c>. Which of the words a scene knows is not asked here.
/// </summary>
internal sealed class PhraseParser(Reader reader)
{
    /// <summary>Phrases joined by commas and "and"; it stops before an "and" that a verb follows.</summary>
    public ImmutableArray<Phrase>? List(string what)
    {
        var phrases = ImmutableArray.CreateBuilder<Phrase>();
        while (true)
        {
            if (One(what) is not { } phrase) return null;
            phrases.Add(phrase);
            var here = reader.Position;
            var joined = reader.Skip(",", "and") || reader.SkipAny(",", "and");
            if (joined && StartsPhrase(reader.Now)) continue;
            reader.Position = here;
            return phrases.ToImmutable();
        }
    }

    public Phrase? One(string what)
    {
        if (Plain(what) is not { } phrase) return null;
        if (ReadFrom(out var from) && from is null) return null;
        Phrase? except = null;
        if (reader.SkipAny("except", "but"))
        {
            reader.Skip("for");
            if ((except = Plain("what is left out")) is null) return null;
        }
        return phrase with { From = from, Except = except };
    }

    private Phrase? Plain(string what)
    {
        var at = reader.Now;
        var (amount, number, complete) = ReadAmount();
        var nouns = ImmutableArray.CreateBuilder<Token>();
        if (!complete)
            while (reader.Now.Kind == TokenKind.Word && !Words.Boundaries.Contains(reader.Now.Text) && !Words.Determiners.Contains(reader.Now.Text))
            {
                nouns.Add(reader.Take());
                if (nouns[^1].Text is "trash" or "garbage" or "rubbish" or "waste") reader.SkipAny("can", "bin", "basket");
            }
        if (!complete && nouns.Count == 0)
            return reader.Fail<Phrase>(Codes.NotUnderstood, reader.Now, reader.AtEnd ? $"the sentence ends where {what} is expected" : $"{what} is expected before '{reader.Now.Text}'");
        return new(at, amount, number, nouns.ToImmutable(), null, null);
    }

    public static bool StartsPhrase(Token token) =>
        token.Kind == TokenKind.Word && !Words.Verbs.ContainsKey(token.Text) && !Words.Boundaries.Contains(token.Text) && !Words.Polite.Contains(token.Text);

    private (Amount Amount, int Number, bool Complete) ReadAmount()
    {
        if (reader.Skip("everything")) return (Amount.All, 0, true);
        var (amount, number) = (Amount.This, 0);
        if (reader.SkipAny("all", "every", "each")) amount = Amount.All;
        else if (Words.Numbers.TryGetValue(reader.Now.Text, out number))
        {
            reader.Take();
            amount = Amount.Count;
        }
        else if (reader.SkipAny("a", "an", "any", "some") || (reader.Now.Is("one") && reader.Next.Kind == TokenKind.Word && reader.Skip("one"))) amount = Amount.AnyOne;
        reader.Skip("of");
        if (Words.Determiners.Contains(reader.Now.Text)) reader.Take();
        // "the two cups"
        if (amount == Amount.This && Words.Numbers.TryGetValue(reader.Now.Text, out number))
        {
            reader.Take();
            amount = Amount.Count;
        }
        return (amount, number, false);
    }

    // "from the table", "off the table", "out of the bin", "that is on the table"
    private bool ReadFrom(out Phrase? from)
    {
        from = null;
        var here = reader.Position;
        var said = reader.Skip("out", "of") || reader.Skip("off", "of") || reader.SkipAny("from", "off");
        if (!said && reader.SkipAny("that", "which"))
            said = reader.SkipAny("is", "are") && reader.SkipAny("on", "in");
        if (!said)
        {
            reader.Position = here;
            return false;
        }
        from = Plain("where it is");
        return true;
    }
}
