namespace RobotWorker.Testing;

/// <summary>A specification of data whose every episode a fault strikes: the patrol, of which navigation goes down for a while.</summary>
public static class PatrolWithFault
{
    /// <param name="more">Further lines of the specification.</param>
    /// <returns>Its file.</returns>
    public static string WriteSpec(string folder, string more = "")
    {
        File.WriteAllText(Path.Combine(folder, "navigation-down.yaml"), """
            faults: robotworker/v1
            fault: NAVIGATION_DOWN
            when: {after: 2s, before: 24s, moving: base}
            duration: 3s

            """);
        var spec = Path.Combine(folder, "patrol.yaml");
        File.WriteAllText(spec, $$"""
            generate: robotworker/v1
            name: patrol
            plan: {{Repository.PathOf("sim/tasks/patrol.yaml")}}
            seed: 5
            instructions: [Go round once., Visit every place.]
            faults: {share: 1, of: [navigation-down.yaml]}
            {{more}}

            """);
        return spec;
    }
}
