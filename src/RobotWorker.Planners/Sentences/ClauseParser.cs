using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Planners.Sentences;

/// <summary>
/// Clauses, by recursive descent: <c>verb objects [on|in|to target]</c>, joined by "and", "then" and marks. What "it", "them" and "there" mean
/// is what the clauses before were about. Every word must be accounted for; nothing is skipped because it is not known.
/// </summary>
internal sealed class ClauseParser(Reader reader, Vocabulary vocabulary)
{
    private readonly PhraseParser phrases = new(reader);
    private readonly Meanings meanings = new(vocabulary, reader);
    private readonly List<Intent> intents = [];
    private ImmutableArray<Group> lastObjects = [];
    private VocabularyThing? lastTarget;

    /// <returns>The clauses' intents, or null when the reader holds what went wrong.</returns>
    public IReadOnlyList<Intent>? All()
    {
        SkipPolite();
        var brought = false;
        while (!reader.AtEnd)
        {
            var before = intents.Count;
            // "put the cup on the shelf and the can into the bin": the verb is said once.
            var fine = brought && PhraseParser.StartsPhrase(reader.Now) ? Bring(reader.Now, Verb.Bring) : Clause();
            if (!fine) return null;
            brought = intents.Skip(before).Any(i => i is Intent.Bring);
            SkipThanks();
            if (reader.AtEnd) break;
            var joint = reader.Now;
            if (!SkipJoint()) return reader.Fail<IReadOnlyList<Intent>>(Codes.NotUnderstood, reader.Now, $"'{reader.Now.Text}' makes no sense here", "after a target comes 'and' or the end");
            if (reader.AtEnd && joint.Kind == TokenKind.Word) return reader.Fail<IReadOnlyList<Intent>>(Codes.NotUnderstood, joint, $"the sentence ends after '{joint.Text}'");
            SkipPolite();
        }
        return intents;
    }

    private bool Clause()
    {
        var at = reader.Now;
        if (!Words.Verbs.TryGetValue(at.Text, out var verb))
        {
            var near = Nearest.To(at.Text, Words.Verbs.Where(v => v.Value != Verb.Tidy).Select(v => v.Key).Order(StringComparer.Ordinal));
            reader.Fail<object>(Codes.UnknownWord, at, $"'{at.Text}' is nothing that the robot can do", near is null ? "it can put, pick up, drop and find things, and go to places" : $"did you mean '{near}'?");
            return false;
        }
        reader.Take();
        return verb switch
        {
            Verb.Go => Go(at),
            Verb.Move when reader.Now.Text is "to" or "back" or "over" or "towards" => Go(at),
            Verb.Find => Find(at),
            Verb.Tidy => Tidy(at),
            _ => Bring(at, verb),
        };
    }

    private bool Go(Token at)
    {
        // "go and fetch the cup"
        if (reader.Now.Is("and") && Words.Verbs.ContainsKey(reader.Next.Text)) return true;
        reader.SkipAny("back", "over");
        if (reader.Skip("there")) return lastTarget is null ? Nothing("there") : GoTo(at, new(at, Amount.This, 0, [new(TokenKind.Word, lastTarget.Name, at.Column)], null, null));
        reader.SkipAny("to", "towards", "toward", "into");
        return phrases.One("a place") is { } phrase && GoTo(at, phrase);
    }

    private bool GoTo(Token at, Phrase phrase)
    {
        if (meanings.Places(phrase) is not { } places) return false;
        intents.Add(new Intent.Go(at, places));
        return true;
    }

    private bool Find(Token at)
    {
        reader.SkipAny("at", "for");
        if (Objects() is not { } objects) return false;
        intents.AddRange(objects.Select(o => new Intent.Find(at, o)));
        return true;
    }

    private bool Tidy(Token at)
    {
        reader.Fail<object>(Codes.UnclearTask, at, $"'{at.Text}' does not say what belongs where", "say it: \"put everything from the table on the shelf\"");
        return false;
    }

    private bool Bring(Token at, Verb verb)
    {
        var (away, down) = (verb == Verb.Discard, false);
        void Particles()
        {
            away |= reader.Skip("away");
            down |= reader.Skip("down");
            if (verb == Verb.Take) reader.Skip("up");
        }

        Particles();
        var pronoun = reader.Now.Text is "it" or "them";
        var objects = pronoun ? Pronoun() : null;
        ImmutableArray<Phrase> written = [];
        if (pronoun && objects is null) return false;
        if (!pronoun)
        {
            if (phrases.List("an object") is not { } list) return false;
            written = list;
        }
        Particles();
        var there = reader.Skip("there") || reader.Skip("back", "there");
        if (!ReadTarget(out var target)) return false;
        if (target is { } first && !pronoun && written.All(p => p.From is null))
        {
            // "put the cup on the table on the shelf", "pick up the cup on the table": the first says where the cup is.
            if (Preposition() is not null || (verb == Verb.Take && (first.Preposition is "on" or "in")))
            {
                written = [.. written.Select(p => p with { From = first.Phrase })];
                if (!ReadTarget(out target)) return false;
            }
            // "put the cups on the shelf from the table"
            else if (first.Phrase.From is { } from)
            {
                written = [.. written.Select(p => p with { From = from })];
                target = (first.Preposition, first.Phrase with { From = null });
            }
        }
        objects ??= Resolve(written);
        if (objects is null) return false;
        lastObjects = objects.Value;
        return Finish(at, verb, objects.Value, target, there, away, down);
    }

    private bool Finish(Token at, Verb verb, ImmutableArray<Group> objects, (string Preposition, Phrase Phrase)? target, bool there, bool away, bool down)
    {
        if (there && lastTarget is null) return Nothing("there");
        if (target is { } t)
        {
            if (meanings.Support(t.Phrase) is not { } support) return false;
            if (t.Preposition == "on" && vocabulary.Catalogue.IsA(support.Type, "container"))
            {
                reader.Fail<object>(Codes.WrongThing, t.Phrase.At, $"things go into the {support.Spoken}, not on it", $"say \"into the {support.Spoken}\"");
                return false;
            }
            if (away && !vocabulary.Catalogue.IsA(support.Type, "container"))
            {
                reader.Fail<object>(Codes.CannotBoth, t.Phrase.At, $"the {support.Spoken} is not where things are thrown away", "leave out one of the two");
                return false;
            }
            lastTarget = support;
        }
        else if (away && !there)
        {
            var containers = vocabulary.Of("container").ToList();
            if (containers.Count != 1)
            {
                reader.Fail<object>(Codes.WhereTo, at, containers.Count == 0 ? "there is nothing to throw things into" : "it is not clear where 'away' is", Targets());
                return false;
            }
            lastTarget = containers[0];
        }
        else if (!there)
        {
            if (verb == Verb.Take) intents.AddRange(objects.Select(o => new Intent.Hold(at, o)));
            else if (down || (verb == Verb.Drop && at.Text is "drop" or "release")) intents.AddRange(objects.Select(o => new Intent.LetGo(at, o)));
            else
            {
                reader.Fail<object>(Codes.WhereTo, reader.Now, $"it is not said where {string.Join(" and ", objects.Select(o => o.Spoken))} shall go", Targets());
                return false;
            }
            return true;
        }
        intents.AddRange(objects.Select(o => new Intent.Bring(at, o, lastTarget!)));
        return true;
    }

    private bool ReadTarget(out (string Preposition, Phrase Phrase)? target)
    {
        target = null;
        if ((reader.Now.Text is "back" or "over") && (reader.Next.Text is "on" or "onto" or "in" or "into" or "to")) reader.Take();
        if (Preposition() is not { } preposition) return true;
        reader.Take();
        if (preposition == "on") reader.Skip("top", "of");
        if (preposition == "in") reader.Skip("of");
        if (phrases.One("a surface or a container") is not { } phrase) return false;
        target = (preposition, phrase);
        return true;
    }

    private string? Preposition() => reader.Now.Text switch
    {
        "on" or "upon" => "on",
        "onto" => "on",
        "in" or "inside" => "in",
        "into" => "into",
        "to" => "to",
        _ => null,
    };

    private ImmutableArray<Group>? Objects() =>
        reader.Now.Text is "it" or "them" ? Pronoun() : phrases.List("an object") is { } list ? Resolve(list) : null;

    private ImmutableArray<Group>? Resolve(ImmutableArray<Phrase> written)
    {
        var groups = ImmutableArray.CreateBuilder<Group>();
        foreach (var phrase in written)
        {
            if (meanings.Objects(phrase) is not { } group) return null;
            if (group.AnyOne) groups.Add(group);
            else groups.AddRange(group.Things.Select(t => new Group(group.At, [t], false)));
        }
        return groups.ToImmutable();
    }

    private ImmutableArray<Group>? Pronoun()
    {
        var word = reader.Take();
        if (lastObjects.Length == 0) Nothing(word.Text, word);
        else if (word.Is("it") && lastObjects.Length > 1)
            reader.Fail<object>(Codes.NothingMeant, word, $"'it' could be {string.Join(" or ", lastObjects.Select(o => o.Spoken))}", "say 'them', or name the one");
        else return lastObjects;
        return null;
    }

    private bool Nothing(string word, Token? at = null)
    {
        reader.Fail<object>(Codes.NothingMeant, at ?? reader.Now, $"'{word}' refers to nothing said before", "name it");
        return false;
    }

    private string Targets() => "there is: " + string.Join(", ", vocabulary.Of("support").Select(t => "the " + t.Spoken));

    private bool SkipJoint()
    {
        var any = false;
        while (reader.SkipAny(",", ".", ";", "!", "?", "and", "then")) any = true;     // ", and then"
        return any;
    }

    private void SkipPolite()
    {
        while (reader.SkipAny(",", ".", "!") || (Words.Polite.Contains(reader.Now.Text) && reader.Take().Kind == TokenKind.Word)
            || reader.Skip("can", "you") || reader.Skip("could", "you") || reader.Skip("would", "you") || reader.Skip("will", "you")
            || reader.Skip("i", "want", "you", "to") || reader.Skip("i", "would", "like", "you", "to"))
        {
        }
    }

    private void SkipThanks()
    {
        while (reader.SkipAny("please", "now", "thanks") || reader.Skip("for", "me") || reader.Skip("thank", "you") || reader.Skip(",", "please"))
        {
        }
    }
}
