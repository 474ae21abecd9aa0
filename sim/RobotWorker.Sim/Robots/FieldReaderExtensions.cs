using RobotWorker.Diagnostics;
using RobotWorker.Motion;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Robots;

/// <summary>What robot and scene files have in common: positions, frames, ranges and colours.</summary>
internal static class FieldReaderExtensions
{
    // Farther than this from the origin nothing of ours stands.
    private const double Far = 100;

    /// <summary>Three metres.</summary>
    public static Vec3 Position(this FieldReader fields, string name)
    {
        var v = fields.Vector(name, 3, -Far, Far);
        return new(v[0], v[1], v[2]);
    }

    /// <summary>A position and, if given, <c>rpy</c> in radians.</summary>
    public static Pose Frame(this FieldReader fields, string name)
    {
        var rpy = fields.OptionalVector("rpy", 3, -2 * Math.PI, 2 * Math.PI);
        return new(fields.Position(name), rpy is { } r ? Quat.FromRpy(r[0], r[1], r[2]) : Quat.Identity);
    }

    /// <summary>A place on the floor: <c>at: [x, y]</c> and, if given, <c>yaw</c>.</summary>
    public static PlanarPose OnFloor(this FieldReader fields)
    {
        var at = fields.Vector("at", 2, -Far, Far);
        return new(at[0], at[1], fields.OptionalNumber("yaw", -2 * Math.PI, 2 * Math.PI) ?? 0);
    }

    /// <summary>Two numbers, the lower first.</summary>
    public static Interval Range(this FieldReader fields, string name, double minimum, double maximum)
    {
        var v = fields.Vector(name, 2, minimum, maximum);
        if (v[0] > v[1])
            fields.Bag.Error(Codes.BadRange, fields.PlaceOf(name), $"'{name}' of {fields.What} goes from {v[0]:0.###} down to {v[1]:0.###}", "write the lower number first");
        return new(v[0], v[1]);
    }

    /// <summary>A colour as <c>"#rrggbb"</c>; grey, with an error, where it is none.</summary>
    public static Colour Colour(this FieldReader fields, string name)
    {
        var text = fields.Text(name);
        if (Robots.Colour.Parse(text) is { } colour) return colour;
        if (fields.Mapping[name] is ScalarNode { Quoted: true } or ScalarNode { Text.Length: > 0 } && text.Length > 0)
            fields.Bag.Error(Codes.NotAColour, fields.PlaceOf(name), $"'{text}' is not a colour", "write it as \"#c8362f\", in quotes");
        return new(0.5, 0.5, 0.5);
    }
}
