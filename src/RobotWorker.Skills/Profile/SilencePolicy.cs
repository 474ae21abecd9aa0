namespace RobotWorker.Skills.Profile;

/// <summary>What a robot does by itself when its worker's link has been silent for a while.</summary>
public enum OnSilence
{
    /// <summary>Base and arm come to rest, open goals end, the gripper keeps its grip.</summary>
    Stop,

    /// <summary>It goes on with the goals that it has.</summary>
    Continue,

    /// <summary>As <see cref="Stop"/>; then the arm moves to its parking posture.</summary>
    Park,
}

/// <summary>
/// What the robot does on silence, as its maker or its bring-up has arranged it. The worker cannot bring this about, a link that is down carries no stop: the
/// profile says what is to be expected, and for the simulated robot it is also what happens.
/// </summary>
/// <param name="After">How long the link must have been silent; above zero.</param>
/// <param name="Posture">Where <see cref="OnSilence.Park"/> moves the arm; one of the profile's postures.</param>
public sealed record SilencePolicy(TimeSpan After, OnSilence Does, string Posture)
{
    /// <summary>Stop after one second.</summary>
    public static readonly SilencePolicy Standard = new(TimeSpan.FromSeconds(1), OnSilence.Stop, "carry");
}
