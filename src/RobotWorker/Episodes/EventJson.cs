using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RobotWorker.Execution.Core;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.World;

namespace RobotWorker.Episodes;

/// <summary>Events and plans as lines of JSON, and back to equal ones.</summary>
public static class EventJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Half of a plan is none.
        RespectRequiredConstructorParameters = true,
        // What is computed from the rest is not written: it would not be read either.
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds } },
    };

    /// <summary>One line, without its end.</summary>
    public static string Write(Event happened) => JsonSerializer.Serialize(happened, Options);

    /// <exception cref="JsonException">It is not an event.</exception>
    public static Event Read(string line) => JsonSerializer.Deserialize<Event>(line, Options) ?? throw new JsonException("no event");

    /// <summary>A plan in one line.</summary>
    public static string WritePlan(Plan plan) => JsonSerializer.Serialize(plan, Options);

    /// <exception cref="JsonException">It is not a plan.</exception>
    public static Plan ReadPlan(string line) => JsonSerializer.Deserialize<Plan>(line, Options) ?? throw new JsonException("no plan");

    /// <summary>A decision in one line.</summary>
    public static string WriteDecision(RecoveryEntry decision) => JsonSerializer.Serialize(decision, Options);

    /// <exception cref="JsonException">It is not a decision.</exception>
    public static RecoveryEntry ReadDecision(string line) => JsonSerializer.Deserialize<RecoveryEntry>(line, Options) ?? throw new JsonException("no decision");

    // A repair plan is part of an event. Its kinds are named here, so that plans and conditions need not know of journals.
    private static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type == typeof(Condition)) Name(type, [(typeof(Condition.Holds), "holds"), (typeof(Condition.Not), "not"), (typeof(Condition.All), "all"), (typeof(Condition.Any), "any")]);
        if (type.Type == typeof(PlanNode))
        {
            Name(type,
            [
                (typeof(SkillNode), "skill"), (typeof(SequenceNode), "sequence"), (typeof(FallbackNode), "fallback"), (typeof(ParallelNode), "parallel"),
                (typeof(IfNode), "if"), (typeof(ForeachNode), "foreach"), (typeof(RepeatNode), "repeat"), (typeof(WhileNode), "while"),
                (typeof(WaitNode), "wait"), (typeof(CallNode), "call"),
            ]);
        }
    }

    private static void Name(JsonTypeInfo type, IEnumerable<(Type Type, string Name)> kinds)
    {
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$kind" };
        foreach (var (kind, name) in kinds) type.PolymorphismOptions.DerivedTypes.Add(new(kind, name));
    }
}
