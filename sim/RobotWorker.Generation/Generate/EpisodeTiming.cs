namespace RobotWorker.Generation.Generate;

/// <summary>Where an episode's time went, in seconds. Films are rendered in processes of their own while the episode goes on, so the parts overlap; of several films they are summed.</summary>
public sealed record EpisodeTiming(int Frames, double Simulating, double Rendering, double Encoding)
{
    /// <summary>From the last frame of the films to the episode on the disk.</summary>
    public double Writing { get; init; }
}
