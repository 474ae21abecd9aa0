using System.Collections.Immutable;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;

namespace RobotWorker.Episodes.Audit;

/// <summary>A course of events that can be gone through again anywhere: what the executor was given, and what happened.</summary>
/// <param name="Why">What it shows, in a line or more.</param>
/// <param name="Episode">The episode's id, from which goal ids derive.</param>
/// <param name="Skills">The text of its catalogue of skills, or null for the built-in one.</param>
/// <param name="Faults">The text of its catalogue of faults, or null for the built-in one.</param>
public sealed record Scenario(string Why, string Episode, Plan Plan, string? Skills, string? Faults, ImmutableArray<Event> Events)
{
    /// <summary>The text of the robot's own catalogue of faults, where it has one: it is laid over the built-in one.</summary>
    public string? OwnFaults { get; init; }

    /// <summary>The state before the first event.</summary>
    public required PlanState Before { get; init; }

    /// <summary>The catalogues are read; a document that carries others joins them to the state before.</summary>
    public static Scenario Of(string why, string episode, Plan plan, (string Text, SkillCatalogue Read)? skills, (string Text, FaultCatalogue Read)? faults, IEnumerable<Event> events, OwnFaults? own = null)
    {
        var setup = new WorkerSetup(skills?.Read ?? SkillCatalogueReader.BuiltIn, faults?.Read ?? own?.Catalogue ?? FaultCatalogueReader.BuiltIn, ExecutionOptions.Default);
        return new(why, episode, plan, skills?.Text, faults?.Text, [.. events]) { OwnFaults = own?.Text, Before = PlanState.Before(setup, plan, episode) };
    }
}
