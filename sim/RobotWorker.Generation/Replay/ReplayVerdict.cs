namespace RobotWorker.Generation.Replay;

/// <summary>What a replay came to.</summary>
public enum ReplayOutcome
{
    /// <summary>Every step came to the same, bit by bit.</summary>
    Certified,

    /// <summary>Something is another than was recorded.</summary>
    Differs,

    /// <summary>This machine need not come to the same bits as that which made it: it says nothing of the episode.</summary>
    NotComparable,

    /// <summary>There is no whole certificate.</summary>
    Unreadable,
}

/// <summary>What replaying an episode came to.</summary>
/// <param name="Steps">Physics steps that came to the same.</param>
/// <param name="Seconds">Simulated, in these.</param>
/// <param name="First">What differs first.</param>
/// <param name="Why">Why there is nothing to compare.</param>
public sealed record ReplayVerdict(ReplayOutcome Outcome, int Steps, double Seconds, ReplayDifference? First = null, string? Why = null);

/// <summary>The first thing that differs.</summary>
/// <param name="Step">Before which it does, from 0; the number of steps: after the last.</param>
/// <param name="TimeS">Simulated seconds at it.</param>
/// <param name="Quantity">Such as <c>the recorded input ctrl of actuator arm_joint_3</c>.</param>
/// <param name="Recorded">Its value in the certificate, where it has one.</param>
/// <param name="Stepped">Its value by stepping again, where there is one.</param>
/// <param name="Note">What else there is to say of it.</param>
public sealed record ReplayDifference(int Step, double TimeS, string Quantity, double? Recorded, double? Stepped, string Note);
