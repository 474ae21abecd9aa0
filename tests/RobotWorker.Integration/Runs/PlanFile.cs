using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>Small plans in the kitchen, written where a test wants them.</summary>
internal static class PlanFile
{
    /// <param name="steps">The items of the root sequence, one a line.</param>
    /// <param name="faults">Faults files of the repository.</param>
    public static string Write(string folder, string id, string steps, params string[] faults) => Write(folder, id, TimeSpan.FromSeconds(300), steps, faults);

    /// <inheritdoc cref="Write(string, string, string, string[])"/>
    public static string Write(string folder, string id, TimeSpan deadline, string steps, params string[] faults)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{id}.yaml");
        File.WriteAllText(file, $$$"""
            plan: robotworker/v1
            id: {{{id}}}
            objects: {cup_red: {type: cup}, cup_blue: {type: cup}, table: {type: surface}, table_side: {type: place}, shelf_side: {type: place}}
            limits: {deadline: {{{deadline.TotalSeconds}}}s}
            simulation:
              scene: {{{Repository.PathOf("sim/scenes/kitchen.yaml")}}}
              faults: [{{{string.Join(", ", faults)}}}]
            root:
              sequence:
              {{{steps.ReplaceLineEndings("\n  ")}}}

            """);
        return file;
    }
}
