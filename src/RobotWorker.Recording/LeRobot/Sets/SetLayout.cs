namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Where an episode's frames go.</summary>
/// <param name="Numbers">How many numbers the file has then.</param>
internal sealed record DataPlace(int File, long Numbers);

/// <summary>What the versions of the format do differently.</summary>
internal abstract class SetLayout
{
    public static SetLayout Of(SetVersion version) => version switch
    {
        SetVersion.V21 => new SetLayout21(),
        SetVersion.V30 => new SetLayout30(),
    };

    /// <summary>Whether statistics of pictures have quantiles.</summary>
    public abstract bool NeedsQuantiles { get; }

    /// <summary>The file of the data with a number.</summary>
    public abstract string DataFile(int number);

    /// <summary>An episode's film.</summary>
    public abstract string FilmFile(string camera, int episode);

    /// <summary>Where an episode goes after the one before it.</summary>
    public abstract DataPlace Place(DataPlace before, int episode, long numbers);

    public abstract Task WriteMetadataAsync(SetSummary set);
}
