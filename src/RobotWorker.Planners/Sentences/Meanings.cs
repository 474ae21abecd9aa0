using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Planners.Sentences;

/// <summary>Finds the things of the scene that a phrase means.</summary>
internal sealed class Meanings(Vocabulary vocabulary, Reader reader)
{
    /// <summary>Objects that a hand can take.</summary>
    public Group? Objects(Phrase phrase)
    {
        if (Named(phrase, "object", "picked up") is not { } found) return null;
        if (phrase.From is { } from)
        {
            if (Support(from) is not { } where) return null;
            var there = found.Where(t => t.Where == where.Name).ToImmutableArray();
            if (there.Length == 0) return reader.Fail<Group>(Codes.NotInScene, phrase.At, $"no {phrase} is known to be at the {where.Spoken}", There(found, t => $"the {t.Spoken}{(t.Where is null ? "" : $" ({t.Where})")}"));
            found = there;
        }
        if (phrase.Except is { } left)
        {
            if (Named(left, "object", "left out") is not { } without) return null;
            found = [.. found.Except(without)];
            if (found.Length == 0) return reader.Fail<Group>(Codes.NotInScene, left.At, "nothing is left when that is left out");
        }
        return Choose(phrase, found);
    }

    /// <summary>A surface or container.</summary>
    public VocabularyThing? Support(Phrase phrase)
    {
        if (!IsPlain(phrase) || Named(phrase, "support", "a place to put things") is not { } found) return null;
        return found.Length == 1 ? found[0] : reader.Fail<VocabularyThing>(Codes.WhichOne, phrase.At, $"there are {found.Length} things called '{phrase}'", Which(found));
    }

    /// <summary>Places to drive to: named themselves, or by the surface or container that is reached from them.</summary>
    public Group? Places(Phrase phrase)
    {
        if (!IsPlain(phrase)) return null;
        var places = Best(phrase, vocabulary.Of("place"));
        var supports = Best(phrase, vocabulary.Of("support"));
        var serving = vocabulary.Of("place").Where(p => supports.Any(s => p.Serves.Contains(s.Name))).ToImmutableArray();
        if (supports.Length == 1 && serving.Length > 0) return new(phrase.At, serving, true);
        if (places.Length == 1) return new(phrase.At, places, false);
        if (places.Length > 1) return reader.Fail<Group>(Codes.WhichOne, phrase.At, $"there are {places.Length} places called '{phrase}'", Which(places));
        return Named(phrase, "place", "a place to go to") is null ? null : reader.Fail<Group>(Codes.NotInScene, phrase.At, $"no place is known from which '{phrase}' is reached");
    }

    // One surface, container or place: not some, not all but one, not one from elsewhere.
    private bool IsPlain(Phrase phrase)
    {
        if (phrase is { Amount: Amount.This or Amount.AnyOne, From: null, Except: null }) return true;
        reader.Fail<object>(Codes.NotUnderstood, phrase.From?.At ?? phrase.Except?.At ?? phrase.At, "one place is expected here", "name it: \"the shelf\"");
        return false;
    }

    /// <summary>The things of a type that a phrase names; a finding when there is none.</summary>
    private ImmutableArray<VocabularyThing>? Named(Phrase phrase, string type, string use)
    {
        var all = vocabulary.Of(type).ToImmutableArray();
        var found = Best(phrase, all);
        if (found.Length > 0) return found;
        var others = Best(phrase, vocabulary.Things);
        if (others.Length > 0)
        {
            var a = type == "object" ? "cannot be " + use : "is not " + use;
            return Refuse(Codes.WrongThing, phrase.At, $"the {others[0].Spoken} {a}: it is a {others[0].Type}", There(all, t => "the " + t.Spoken));
        }
        var unknown = phrase.Nouns.FirstOrDefault(n => !vocabulary.Things.Any(t => Fits(t, n)) && !IsGeneric(n.Text));
        if (unknown.Text is null) return Refuse(Codes.NotInScene, phrase.At, $"there is no {phrase} here", There(all, t => "the " + t.Spoken));
        var near = Nearest.To(unknown.Text, all.SelectMany(Of).Distinct().Order(StringComparer.Ordinal));
        return Refuse(Codes.NotInScene, unknown, $"there is no '{unknown.Text}' here", near is null ? There(all, t => "the " + t.Spoken) : $"did you mean '{near}'?");
    }

    private Group? Choose(Phrase phrase, ImmutableArray<VocabularyThing> found)
    {
        var plural = phrase.Nouns.Length > 0 && IsPlural(phrase.Nouns[^1], found);
        return (phrase.Amount, plural) switch
        {
            (Amount.All, _) or (Amount.This, true) => new(phrase.At, found, false),
            (Amount.Count, _) when found.Length == phrase.Number => new(phrase.At, found, false),
            (Amount.Count, _) when found.Length < phrase.Number => reader.Fail<Group>(Codes.NotInScene, phrase.At, $"there are not {phrase.Number}", There(found, t => "the " + t.Spoken)),
            (Amount.AnyOne, _) => new(phrase.At, found, found.Length > 1),
            _ when found.Length == 1 => new(phrase.At, found, false),
            _ => reader.Fail<Group>(Codes.WhichOne, phrase.At, $"there are {found.Length} things called '{phrase}'", Which(found)),
        };
    }

    // Every word must fit. A thing that is called just that goes before things that are called so among others ("table" before "side table").
    private static ImmutableArray<VocabularyThing> Best(Phrase phrase, IEnumerable<VocabularyThing> things)
    {
        var fitting = things.Where(t => phrase.Nouns.All(n => IsGeneric(n.Text) || Fits(t, n))).ToImmutableArray();
        var exact = fitting.Where(t => t.Name == string.Join('_', phrase.Nouns.Select(n => n.Text))).ToImmutableArray();
        return exact.Length > 0 ? exact : fitting;
    }

    private static bool IsGeneric(string word) => Words.Forms(word).Any(f => Words.AnyObject.Contains(f.Word));

    private static bool Fits(VocabularyThing thing, Token noun) => thing.Name == noun.Text || Words.Forms(noun.Text).Any(f => Of(thing).Contains(f.Word));

    private static bool IsPlural(Token noun, IEnumerable<VocabularyThing> things) =>
        Words.Forms(noun.Text).Any(f => f.Plural && (Words.AnyObject.Contains(f.Word) || things.Any(t => Of(t).Contains(f.Word))))
        && !things.Any(t => Of(t).Contains(noun.Text));

    /// <summary>The words for a thing.</summary>
    private static IEnumerable<string> Of(VocabularyThing t) =>
        t.Name.Split('_').Append(t.Type).Concat(t.Class?.Split('/') ?? []).Concat(t.Synonyms).Select(w => w.ToLowerInvariant());

    private ImmutableArray<VocabularyThing>? Refuse(string code, Token at, string message, string help)
    {
        reader.Fail<object>(code, at, message, help);
        return null;
    }

    private static string Which(ImmutableArray<VocabularyThing> things) =>
        "which one: " + string.Join(" or ", things.Select(t => things.Count(o => o.Spoken == t.Spoken) > 1 ? t.Name : "the " + t.Spoken)) + "?";

    private static string There(ImmutableArray<VocabularyThing> things, Func<VocabularyThing, string> say) =>
        things.Length == 0 ? "there is none" : "there is: " + string.Join(", ", things.Select(say));
}
