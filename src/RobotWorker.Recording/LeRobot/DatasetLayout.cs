using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot;

/// <summary>How a column's numbers are kept.</summary>
public enum DatasetType
{
    Float32,
    Int64,
    Bool,
}

/// <summary>What each frame has of one thing. Keys that begin with <c>observation</c> or <c>action</c> become inputs and outputs of policies: labels have other names.</summary>
/// <param name="Names">Of its dimensions, each with its unit; one: the column is a scalar.</param>
public sealed record DatasetFeature(string Key, DatasetType Type, ImmutableArray<string> Names)
{
    public int Width => Names.Length;
}

/// <param name="Name">The camera's, as in the scene or on the robot.</param>
/// <param name="Moves">Whether its pose is another in each frame: then a label column has it.</param>
public sealed record DatasetCamera(string Name, int Width, int Height, bool Moves = false)
{
    public string Key => $"observation.images.{Name}";

    /// <summary>The column of its pose in <c>map</c>, where it moves.</summary>
    public DatasetFeature Pose => new($"label.camera.{Name}.pose", DatasetType.Float32, ["x.m", "y.m", "z.m", "qx", "qy", "qz", "qw"]);

    /// <summary>What is kept of each frame beside the picture.</summary>
    public ImmutableArray<SidecarKind> Sidecars { get; init; } = [];

    /// <summary>Vertical, in radians, where it is to be another than the scene's.</summary>
    public double? FieldOfView { get; init; }

    /// <summary>Whether lamps cast shadows in the picture.</summary>
    public bool Shadows { get; init; }
}

/// <summary>What all episodes of a set have in common.</summary>
/// <param name="RobotType">The robot's name.</param>
/// <param name="Features">Without those that every set has (<see cref="Mandatory"/>), and without cameras.</param>
public sealed record DatasetLayout(string RobotType, int FramesPerSecond, ImmutableArray<DatasetFeature> Features, ImmutableArray<DatasetCamera> Cameras)
{
    public const string Subtask = "subtask_index";

    /// <summary>Whose parts a segmentation tells apart, in the order of their ids, which count from 1: 0 is the background.</summary>
    public ImmutableArray<string> Segments { get; init; } = [];

    /// <summary>Files in a folder <c>chunk-NNN</c>.</summary>
    public const int FilesInAChunk = 1000;

    /// <summary>What every set has: derived when it is put together.</summary>
    public static readonly ImmutableArray<DatasetFeature> Mandatory =
    [
        new("timestamp", DatasetType.Float32, ["timestamp"]), new("frame_index", DatasetType.Int64, ["frame_index"]), new("episode_index", DatasetType.Int64, ["episode_index"]),
        new("index", DatasetType.Int64, ["index"]), new("task_index", DatasetType.Int64, ["task_index"]),
    ];

    /// <summary>Every column of the data files.</summary>
    public ImmutableArray<DatasetFeature> Columns => [.. Features, .. Mandatory];
}
