using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Apache.Arrow;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>A column in other units and under other names: each new dimension is one of the old ones times a factor.</summary>
/// <param name="Names">Of the new dimensions.</param>
/// <param name="From">Which old dimension each is of.</param>
internal sealed record MeasuredColumn(string Key, ImmutableArray<string> Names, ImmutableArray<int> From, ImmutableArray<double> Factors)
{
    public SetFeature Of(SetFeature old)
    {
        var json = (JsonObject)old.Json.DeepClone();
        json["shape"] = new JsonArray(Names.Length);
        json["names"] = SetJson.Texts(Names);
        return old with { Shape = [Names.Length], Names = Names, Json = json };
    }

    /// <param name="width">Of the old column.</param>
    public IArrowArray Of(IArrowArray old, int width)
    {
        var numbers = ArrowCells.Numbers(old);
        var rows = numbers.Length / width;
        return ArrowCells.Lists(ArrowCells.Of(Enumerable.Range(0, rows).SelectMany(row => From.Zip(Factors, (from, factor) => (float?)(numbers[(row * width) + from] * factor)))), Enumerable.Repeat(Names.Length, rows));
    }
}
