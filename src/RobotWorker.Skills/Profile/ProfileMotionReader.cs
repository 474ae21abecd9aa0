using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Skills.Profile;

/// <summary>Reads what a profile says of motion: what counts as still, how much of the limits is used, the body, the stop list, silence.</summary>
internal static class ProfileMotionReader
{
    private const double Far = 3;    // no part of a robot's body reaches farther from its base, in metres

    public static StillThresholds ReadStill(FieldReader profile)
    {
        var standard = StillThresholds.Standard;
        if (profile.OptionalFields("still", "'still'") is not { } fields) return standard;
        var still = new StillThresholds(
            fields.OptionalNumber("linear", 0.0001, 0.2) ?? standard.Linear, fields.OptionalNumber("angular", 0.0001, 0.5) ?? standard.Angular,
            fields.OptionalNumber("joint", 0.0001, 0.5) ?? standard.Joint, fields.OptionalDuration("dwell", TimeSpan.FromMilliseconds(50)) ?? standard.Dwell);
        fields.End();
        return still;
    }

    public static MotionScale ReadScale(FieldReader profile)
    {
        // Half of what the URDF allows: right for a robot that nobody has tuned yet.
        var standard = new MotionScale(Velocity: 0.5, Acceleration: 1, Linear: 0.1);
        if (profile.OptionalFields("motion", "'motion'") is not { } fields) return standard;
        var scale = new MotionScale(
            fields.OptionalNumber("velocity", 0.01, 1) ?? standard.Velocity, fields.OptionalNumber("acceleration", 0.01, 20) ?? standard.Acceleration,
            fields.OptionalNumber("linear", 0.005, 2) ?? standard.Linear);
        fields.End();
        return scale;
    }

    public static ImmutableArray<BodyBox> ReadBody(FieldReader profile) => [.. profile.OptionalList("body").Select((node, i) =>
    {
        if (FieldReader.Over(node, $"box {i + 1} of the body", profile.Bag) is not { } fields) return new(Vec3.Zero, Vec3.Zero);
        var (centre, half) = (fields.Vector("centre", 3, -Far, Far), fields.Vector("half", 3, 0.001, Far));
        fields.End();
        return new BodyBox(new(centre[0], centre[1], centre[2]), new(half[0], half[1], half[2]));
    })];

    public static double? ReadMaxSpeed(FieldReader profile)
    {
        if (profile.OptionalFields("limits", "'limits'") is not { } fields) return null;
        var speed = fields.OptionalNumber("max_speed", 0.01, 5);
        fields.End();
        return speed;
    }

    public static ImmutableArray<StopMeasure> ReadStopList(FieldReader profile)
    {
        string[] words = ["protective_stop", "cancel_all", "zero_velocity"];
        if (!profile.Has("stop")) return [StopMeasure.ProtectiveStop, StopMeasure.CancelAll, StopMeasure.ZeroVelocity];
        var nodes = profile.List("stop");
        if (nodes.Count == 0 && profile.Mapping["stop"] is ListNode)
            profile.Bag.Error(Codes.WrongLength, profile.PlaceOf("stop"), "the stop list stops nothing", $"it is made of {string.Join(", ", words)}");
        var measures = ImmutableArray.CreateBuilder<StopMeasure>();
        foreach (var node in nodes)
        {
            var at = node is ScalarNode scalar ? Array.IndexOf(words, scalar.Text) : -1;
            if (at < 0) profile.Bag.Error(Codes.NotAChoice, node.Place, $"the stop list cannot have {node.Describe()}", Nearest.Help((node as ScalarNode)?.Text ?? "", words));
            else if (measures.Contains((StopMeasure)at)) profile.Bag.Error(Codes.GivenTwice, node.Place, $"'{words[at]}' is given twice");
            else measures.Add((StopMeasure)at);
        }
        return measures.ToImmutable();
    }

    public static SilencePolicy ReadSilence(FieldReader profile, ImmutableSortedDictionary<string, ImmutableArray<double>> postures)
    {
        if (profile.OptionalFields("on_silence", "'on_silence'") is not { } fields) return SilencePolicy.Standard;
        var after = fields.Duration("after", TimeSpan.FromMilliseconds(200));
        var does = fields.Choice("does", "stop", "continue", "park") switch
        {
            "continue" => OnSilence.Continue,
            "park" => OnSilence.Park,
            _ => OnSilence.Stop,
        };
        var posture = fields.OptionalText("posture");
        if (posture is not null && does != OnSilence.Park)
            fields.Bag.Error(Codes.UnknownField, fields.PlaceOf("posture"), "only 'does: park' has a posture", "leave it out");
        else if (posture is not null && !postures.ContainsKey(posture))
            fields.Bag.Error(Codes.UnknownObject, fields.PlaceOf("posture"), $"the posture '{posture}' is not known", Nearest.Help(posture, [.. postures.Keys]));
        fields.End();
        return new(after, does, posture ?? SilencePolicy.Standard.Posture);
    }
}
