namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>Columns with the poses of cameras that move: position, and a quaternion with w last.</summary>
internal static class CameraPoses
{
    public const int Width = 7;

    private const double RoundingOfFloats = 1e-5;

    public static bool IsPose(string column) => column.StartsWith("label.camera.", StringComparison.Ordinal) && column.EndsWith(".pose", StringComparison.Ordinal);

    public static void Check(DataFiles data, Info info, Findings findings)
    {
        foreach (var column in info.Columns.Where(c => IsPose(c.Key) && c.Shape is [Width]))
        {
            // What is wrong with the column itself is told where its statistics are checked.
            if (data.Numbers(column, new Findings()) is not { } poses) continue;
            foreach (var file in data.Files)
                findings.Rows(file.Name, column.Key, Enumerable.Range(0, (int)file.Rows).Select(row => ((long)row, poses.AsSpan((int)(file.FirstRow + row) * Width, Width).ToArray()))
                    .Where(r => !(Math.Abs(r.Item2[3..].Sum(v => v * v) - 1) <= RoundingOfFloats))
                    .Select(r => (r.Item1, $"ends with [{string.Join(", ", r.Item2[3..])}], must end with a quaternion of length 1")));
        }
    }
}
