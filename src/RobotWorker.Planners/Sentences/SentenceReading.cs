using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Planners.Sentences;

/// <summary>What became of a sentence: <see cref="ReadSentence"/> or <see cref="Misunderstanding"/>.</summary>
public abstract record SentenceReading;

/// <summary>It was understood, to its last word.</summary>
/// <param name="Goal">What shall hold in the end.</param>
/// <param name="Objects">The names it is about, as plans call them, in the order of the sentence.</param>
public sealed record ReadSentence(Condition Goal, ImmutableArray<string> Objects) : SentenceReading;

/// <summary>It was not understood, so nothing of it may be done.</summary>
/// <param name="Diagnostic">What was not understood and where: its column counts the sentence's characters from one.</param>
/// <param name="Examples">Sentences that would be understood in this scene.</param>
public sealed record Misunderstanding(Diagnostic Diagnostic, ImmutableArray<string> Examples) : SentenceReading;
