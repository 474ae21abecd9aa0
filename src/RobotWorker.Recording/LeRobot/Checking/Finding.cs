namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>Something about a data set that a reader or a training would stumble over.</summary>
/// <param name="File">From the data set's folder, with forward slashes.</param>
/// <param name="Where">The field, column or row; empty where the file as a whole is meant.</param>
/// <param name="Problem">What is wrong, and what it should be.</param>
/// <param name="IsError">False for what loads and is doubtful all the same, and for what could not be checked.</param>
public sealed record Finding(string File, string Where, string Problem, bool IsError)
{
    public override string ToString() => $"{(IsError ? "" : "warning ")}{File}: {(Where.Length == 0 ? "" : $"{Where}: ")}{Problem}";
}
