using System.Collections.Immutable;
using RobotWorker.Skills;

namespace RobotWorker.Planners.Sentences;

/// <summary>What sentences can be about: the things of a scene, and the types that they are of.</summary>
/// <param name="Things">Objects, surfaces, containers and places, in the order in which they shall be named.</param>
public sealed record Vocabulary(SkillCatalogue Catalogue, ImmutableArray<VocabularyThing> Things)
{
    internal IEnumerable<VocabularyThing> Of(string type) => Things.Where(t => Catalogue.IsA(t.Type, type));
}

/// <summary>One thing with the words for it.</summary>
/// <param name="Name">As plans call it: <c>cup_red</c>. Its parts are words for it.</param>
/// <param name="Type">Of the catalogue. It and its parents are words for the thing.</param>
/// <param name="Class">As detectors report it, <c>cup/red</c>, or null. Its parts are words for it.</param>
/// <param name="Where">The surface or container that it is believed to be on or in, or null where that is not known.</param>
public sealed record VocabularyThing(string Name, string Type, string? Class = null, string? Where = null)
{
    /// <summary>Of a place: the surfaces and containers that the robot reaches from it.</summary>
    public ImmutableArray<string> Serves { get; init; } = [];

    /// <summary>More words for it.</summary>
    public ImmutableArray<string> Synonyms { get; init; } = [];

    /// <summary>What a person would call it: "red cup", "table side".</summary>
    public string Spoken => Class is null ? Name.Replace('_', ' ') : string.Join(' ', Class.Split('/').Skip(1).Append(Class.Split('/')[0]));
}
