using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The calibrations of a camera: lens, mount and limit of depth, each for the episodes from one on.</summary>
internal static class CalibrationCheck
{
    private const int LongestDepth = ushort.MaxValue;
    private const double RoundingOfMatrices = 1e-9;

    /// <returns>The greatest limit of depth.</returns>
    public static int? Check(JsonFields camera, Feature film, bool hasDepth, int? episodes)
    {
        if (camera.Get("calibrations", "a list with one entry at least") is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            camera.Wrong("calibrations", $"is {JsonFields.Shown(list)}, must be a list with one entry at least");
            return null;
        }
        var (least, limit, number) = (0L, (int?)null, 0);
        foreach (var entry in list.EnumerateArray())
        {
            var fields = new JsonFields(entry, camera.File, $"{camera.Path}calibrations[{number++}].", camera.Findings);
            if (fields.Integer("from_episode", 0) is { } from)
            {
                var isRight = number == 1 ? from == 0 : from >= least && !(from >= episodes);
                if (!isRight) fields.Wrong("from_episode", $"is {from}, must be {(number == 1 ? "0" : $"at least {least} and below {episodes}")}: the entries stand in the order of the episodes");
                least = from + 1;
            }
            Lens(fields, film);
            fields.Text("parent", "the frame in which the camera is mounted");
            if (fields.Get("T_parent_optical", "4 x 4 numbers") is { } matrix && !(JsonNumbers.Read(matrix, [4, 4]) is { } m && IsRigid(m)))
                fields.Wrong("T_parent_optical", $"is {JsonFields.Shown(matrix)}, must be 4 x 4 numbers: a rotation, a position, and 0 0 0 1");
            if (hasDepth && fields.Integer("depth_limit_mm", 1) is { } millimetres)
            {
                if (millimetres > LongestDepth) fields.Wrong("depth_limit_mm", $"is {millimetres}, must be at most {LongestDepth}: 16 bits hold no more");
                limit = (int)Math.Max(limit ?? 0, Math.Min(millimetres, LongestDepth));
            }
        }
        return limit;
    }

    private static void Lens(JsonFields calibration, Feature film)
    {
        var (height, width) = (film.Shape[0], film.Shape[1]);
        if (calibration.Number("vertical_field_of_view", "radians") is { } view)
        {
            if (view is <= 0 or >= Math.PI) calibration.Wrong("vertical_field_of_view", $"is {view}, must be between 0 and pi");
            else
                foreach (var focal in new[] { "fx", "fy" }) calibration.Near(focal, height / 2.0 / Math.Tan(view / 2), "half the height by the tangent of half the field of view");
        }
        calibration.Near("cx", (width - 1) / 2.0, "the middle of the picture, where (0, 0) is the middle of a pixel");
        calibration.Near("cy", (height - 1) / 2.0, "the middle of the picture, where (0, 0) is the middle of a pixel");
    }

    // Its rows are of length 1, at right angles, and turn to the right.
    private static bool IsRigid(double[] m)
    {
        double[][] rows = [m[..3], m[4..7], m[8..11]];
        for (var i = 0; i < 3; i++)
            for (var j = i; j < 3; j++)
                if (!(Math.Abs(Dot(rows[i], rows[j]) - (i == j ? 1 : 0)) <= RoundingOfMatrices)) return false;
        double[] across = [(rows[0][1] * rows[1][2]) - (rows[0][2] * rows[1][1]), (rows[0][2] * rows[1][0]) - (rows[0][0] * rows[1][2]), (rows[0][0] * rows[1][1]) - (rows[0][1] * rows[1][0])];
        return Dot(across, rows[2]) > 0 && m[12..].AsSpan().SequenceEqual([0, 0, 0, 1]);
    }

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
}
