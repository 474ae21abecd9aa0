namespace RobotWorker.Skills.Policies;

/// <summary>Frames a second that a policy may have: those that fall together with the hundred targets a second that are streamed.</summary>
public static class PolicyRate
{
    /// <summary>For messages.</summary>
    public const string Words = "1, 2, 4, 5, 10, 20, 25 or 50";

    public static bool IsPossible(int framesPerSecond) => framesPerSecond is 1 or 2 or 4 or 5 or 10 or 20 or 25 or 50;
}
