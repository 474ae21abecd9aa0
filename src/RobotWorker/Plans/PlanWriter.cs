using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;
using static RobotWorker.Diagnostics.DocumentWriter;

namespace RobotWorker.Plans;

/// <summary>Writes a plan as YAML. Reading it gives the same plan, whatever files it was read from: their plans are written with it.</summary>
public static class PlanWriter
{
    public static string Write(Plan plan) => DocumentWriter.Write(
        Mapping(
            ("plan", Text(PlanReader.Format)),
            ("id", Text(plan.Id)),
            ("revision", plan.Revision == 0 ? null : Number(plan.Revision)),
            ("goal", plan.Goal is null ? null : ConditionWriter.Write(plan.Goal)),
            ("objects", plan.Objects.IsEmpty ? null : Mapping(plan.Objects.Select(o => (o.Name, (DocumentNode?)Mapping(("type", Text(o.Type))))))),
            ("limits", Write(plan.Limits)),
            ("simulation", plan.Simulation is { } s ? Mapping(("scene", Text(s.Scene)), ("faults", Texts(s.Faults))) : null),
            ("plans", plan.Plans.IsEmpty ? null : Mapping(plan.Plans.Values.Select(p => (p.Name, (DocumentNode?)Write(p))))),
            ("root", StepWriter.Write(plan.Root, derivedId: "root"))),
        InLines);

    /// <summary>Writes one node of the tree with all below it: two that are written alike do the same.</summary>
    internal static string Write(PlanNode node) => DocumentWriter.Write(StepWriter.Write(node), InLines);

    private static MappingNode Write(PlanLimits limits) => Mapping(
        ("deadline", Plain(Duration.Write(limits.Deadline))), ("max_speed", limits.MaxSpeed is { } speed ? Number(speed) : null), ("zones", Texts(limits.Zones)));

    private static MappingNode Write(SubPlan plan) => Mapping(
        ("params", plan.Parameters.IsEmpty ? null : Mapping(plan.Parameters.Select(p => (p.Name, (DocumentNode?)Text(p.Type))))),
        ("root", StepWriter.Write(plan.Root, derivedId: "root")));

    internal static DocumentNode? Texts(ImmutableArray<string> texts) => texts.IsEmpty ? null : List(texts.Select(Text));

    // The tree of steps stays visible as a tree; only single steps share a line.
    private static bool InLines(DocumentNode node) => node switch
    {
        MappingNode mapping => mapping.Fields.Any(f => (StepReader.Kinds.Contains(f.Name) && f.Name is not ("skill" or "wait" or "call")) || f.Name is "root"),
        ListNode list => list.Items.Any(i => i is MappingNode m && m.Fields.Any(f => StepReader.Kinds.Contains(f.Name))),
        _ => false,
    };
}
