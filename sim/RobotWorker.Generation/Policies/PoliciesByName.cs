using RobotWorker.Skills.Policies;

namespace RobotWorker.Generation.Policies;

/// <summary>The policies that a plan's step may name: those that can be evaluated, in the variation of a run's seed.</summary>
internal sealed class PoliciesByName(ulong seed) : IPolicySource
{
    public IPolicy Open(string name) => NamedPolicy.Parse(name).For(seed)?.Open(name) ?? throw new PolicyException($"'{name}' is the plan itself, and no policy for a step of it");
}
