using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RobotWorker.Recording.LeRobot;

/// <summary>One episode as it goes into a set.</summary>
/// <param name="Task">What the robot was told, in plain words.</param>
/// <param name="Columns">By feature: frames times its width numbers, frame by frame. Where a feature is <see cref="DatasetLayout.Subtask"/>, places in <paramref name="Subtasks"/>.</param>
/// <param name="Subtasks">What it did, in plain words.</param>
/// <param name="Films">By camera: the film, a frame for each row, and how often each value of red, green and blue (3 times 256) is in it.</param>
public sealed record DatasetEpisode(
    int Length, string Task, IReadOnlyDictionary<string, double[]> Columns, ImmutableArray<string> Subtasks, IReadOnlyDictionary<string, EpisodeFilm> Films, EpisodeProvenance Provenance)
{
    /// <summary>Where the others of its pair stand, once that is known.</summary>
    public ImmutableSortedDictionary<PairRole, TwinPlace> Twins { get; init; } = ImmutableSortedDictionary<PairRole, TwinPlace>.Empty;
}

/// <param name="Histogram">Counts: 256 for red, 256 for green, 256 for blue.</param>
public sealed record EpisodeFilm(string File, int Frames, long[] Histogram)
{
    /// <summary>Where the camera was and how it saw; null: nobody knows.</summary>
    public CameraCalibration? Calibration { get; init; }

    /// <summary>What was kept beside the pictures.</summary>
    public ImmutableArray<FilmSidecar> Sidecars { get; init; } = [];
}

/// <summary>Where an episode comes from and what became of it; columns of their own in <c>meta/episodes</c>, which readers keep.</summary>
/// <param name="Seed">With the documents, it makes the episode again.</param>
/// <param name="Spec">SHA-256 of all that the set is made from; <paramref name="Plan"/> of the plan with those that it calls, <paramref name="Scene"/> of scene and robot.</param>
/// <param name="Simulator">With its version; <paramref name="Renderer"/> what made the pictures.</param>
/// <param name="Version">Of this program.</param>
/// <param name="Wording">Which of the instruction's wordings it got.</param>
/// <param name="Outcome">As the worker reported it.</param>
/// <param name="GoalMet">As the simulator's truth has it; null: there is none.</param>
/// <param name="FailureMode">One of <see cref="Failures"/>.</param>
/// <param name="FaultFile">The file of faults that the episode drew; empty: none.</param>
/// <param name="Fault">What of it struck, several with commas; empty: nothing.</param>
/// <param name="FaultOnset">Seconds after the first frame.</param>
/// <param name="FaultEnd">Seconds after the first frame.</param>
/// <param name="RecoveryStart">When an attempt had first failed, seconds after the first frame.</param>
/// <param name="RecoveryEnd">When no failed attempt was being made good any more, seconds after the first frame; null: there was none, or it went on to the end.</param>
/// <param name="Recoveries">How often something was tried again, resumed or repaired.</param>
/// <param name="Weight">For averages over the distribution that is meant.</param>
/// <param name="Variation">What it drew of each axis of variation, as JSON; <paramref name="Stratum"/> the axes of which it drew what is drawn more often than it is meant.</param>
/// <param name="HeldOut">Whether it drew what no training episode has.</param>
public sealed record EpisodeProvenance(
    long Seed, string Spec, string Plan, string Scene, string Robot, string Simulator, string Renderer, string Version, int Wording, string Outcome, bool? GoalMet, string FailureMode,
    string FaultFile, string Fault, double? FaultOnset, double? FaultEnd, double? RecoveryStart, double? RecoveryEnd, int Recoveries, double Weight, string Variation, string Stratum, bool HeldOut)
{
    /// <summary>The closed list of what an episode can fail of.</summary>
    public static readonly ImmutableArray<string> Failures = ["none", "asked_a_person", "gave_up", "stopped", "false_success"];

    /// <summary>Its part in a pair; null: it has no twins.</summary>
    public EpisodePair? Pair { get; init; }

    /// <summary>Whether it was drawn, and is no twin of one that was: an average over what is meant is one over those.</summary>
    [JsonIgnore]
    public bool IsDrawn => Pair is null or { Role: PairRole.Faulted };

    /// <summary>Whether it shows what it is meant to show.</summary>
    [JsonIgnore]
    public bool Succeeded => FailureMode == "none";
}
