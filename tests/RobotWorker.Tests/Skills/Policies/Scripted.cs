using RobotWorker.Skills.Policies;

namespace RobotWorker.Tests.Skills.Policies;

/// <summary>A policy that says what the test gives it.</summary>
internal sealed class Scripted(Func<int, double[]?> next, int framesPerSecond = 10) : IPolicy, IPolicySource
{
    public int FramesPerSecond => framesPerSecond;

    /// <summary>What it was told, frame by frame.</summary>
    public List<IReadOnlyDictionary<string, double[]>> Seen { get; } = [];

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public double[]? Next(IReadOnlyDictionary<string, double[]> observation)
    {
        Seen.Add(observation);
        return next(Seen.Count - 1);
    }

    public IPolicy Open(string name)
    {
        if (name == "unknown") throw new PolicyException("there is no policy 'unknown'");
        Opened++;
        return this;
    }

    public void Dispose() => Closed++;
}
