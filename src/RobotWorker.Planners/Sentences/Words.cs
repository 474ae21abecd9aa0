using System.Collections.Frozen;

namespace RobotWorker.Planners.Sentences;

/// <summary>What a verb asks for, as far as the verb alone tells.</summary>
internal enum Verb
{
    /// <summary>Put something somewhere.</summary>
    Bring,

    /// <summary>Hold it; with a "to" it is <see cref="Bring"/>.</summary>
    Take,

    /// <summary>Let go of it: somewhere, away, or where the robot is.</summary>
    Drop,

    /// <summary>Into the bin, without saying so.</summary>
    Discard,

    /// <summary>Be at a place.</summary>
    Go,

    /// <summary>Something somewhere, or with a "to" right after it <see cref="Go"/>.</summary>
    Move,

    /// <summary>See where something is.</summary>
    Find,

    /// <summary>Make order, which says nothing about what belongs where.</summary>
    Tidy,
}

/// <summary>The words that are the same in every scene.</summary>
internal static class Words
{
    public static readonly FrozenDictionary<string, Verb> Verbs = new (Verb Verb, string Words)[]
    {
        (Verb.Bring, "put place bring carry set lay transfer deliver stow store stash"),
        (Verb.Take, "take pick grab grasp get fetch lift hold"),
        (Verb.Drop, "drop throw toss release dump"),
        (Verb.Discard, "discard trash bin"),
        (Verb.Go, "go drive navigate head travel walk come"),
        (Verb.Move, "move return"),
        (Verb.Find, "find locate look search"),
        (Verb.Tidy, "tidy clean clear sort organise organize arrange empty wipe wash"),
    }.SelectMany(v => v.Words.Split(' ').Select(w => (Word: w, v.Verb))).ToFrozenDictionary(v => v.Word, v => v.Verb);

    public static readonly FrozenSet<string> Determiners = Set("the a an this that these those my your our some any");

    /// <summary>They end a noun phrase.</summary>
    public static readonly FrozenSet<string> Boundaries = Set(
        "and or then but except on onto upon to in into inside at from off out for with over under underneath near by next beside behind between above below towards toward "
        + "it them there here away down up back which is are please now again thanks thank");

    /// <summary>Nouns that fit every object.</summary>
    public static readonly FrozenSet<string> AnyObject = Set("one thing object item stuff everything");

    /// <summary>They may stand before a command and change nothing.</summary>
    public static readonly FrozenSet<string> Polite = Set("please robot hey hi hello ok okay now first finally also kindly just next then afterwards");

    /// <summary>They forbid, ask or set conditions: none of that may be passed over.</summary>
    public static readonly FrozenSet<string> NoCommand = Set(
        "not don't dont never no without unless if when whenever while until before after cannot can't cant stop instead "
        + "what where who how why whose does did was were has have should shall must may might");

    public static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["both"] = 2, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["2"] = 2, ["3"] = 3, ["4"] = 4, ["5"] = 5, ["6"] = 6,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Synonyms = new Dictionary<string, string>
    {
        ["mug"] = "cup", ["tin"] = "can", ["trash"] = "bin", ["garbage"] = "bin", ["rubbish"] = "bin", ["waste"] = "bin", ["dustbin"] = "bin", ["wastebasket"] = "bin", ["gray"] = "grey",
    }.ToFrozenDictionary();

    /// <summary>A word and what it may be an inflection or a synonym of.</summary>
    public static IEnumerable<(string Word, bool Plural)> Forms(string word)
    {
        yield return (word, false);
        if (word.EndsWith("ies", StringComparison.Ordinal)) yield return (word[..^3] + "y", true);
        if (word.EndsWith("ves", StringComparison.Ordinal)) yield return (word[..^3] + "f", true);
        if (word.EndsWith("es", StringComparison.Ordinal)) yield return (word[..^2], true);
        if (word.EndsWith('s')) yield return (word[..^1], true);
        if (Synonyms.TryGetValue(word, out var same)) yield return (same, false);
        if (word.EndsWith('s') && Synonyms.TryGetValue(word[..^1], out var many)) yield return (many, true);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();
}
