namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>How much a data set holds.</summary>
public sealed record DatasetSize(long Episodes, long Frames, int Cameras)
{
    public override string ToString() => $"{Counted(Episodes, "episode")}, {Counted(Frames, "frame")}, {Counted(Cameras, "camera")}";

    private static string Counted(long count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
