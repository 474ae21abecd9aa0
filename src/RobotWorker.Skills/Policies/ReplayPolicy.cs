namespace RobotWorker.Skills.Policies;

/// <summary>Says again, frame by frame, what was recorded, whatever the robot tells.</summary>
/// <param name="actions">One a frame.</param>
public sealed class ReplayPolicy(int framesPerSecond, IReadOnlyList<double[]> actions) : IPolicy
{
    private int said;

    public int FramesPerSecond => framesPerSecond;

    public double[]? Next(IReadOnlyDictionary<string, double[]> observation) => said < actions.Count ? actions[said++] : null;

    public void Dispose()
    {
    }
}
