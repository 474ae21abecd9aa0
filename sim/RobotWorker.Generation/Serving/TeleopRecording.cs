using System.Collections.Immutable;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Servos;
using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Generation.Serving;

/// <summary>
/// What a person led an arm to do, as an episode of a LeRobot set without pictures: <c>observation.state</c> is where the servos were, <c>action</c> where they were told to be a frame later. Joints in
/// radians, the gripper in metres between its pads, as in the sets that are simulated.
/// </summary>
public sealed class TeleopRecording(SerialArmDescription arm, int framesPerSecond)
{
    private readonly List<double[]> states = [], goals = [];

    public DatasetLayout Layout { get; } = new(arm.Name, framesPerSecond,
        [
            new("observation.state", DatasetType.Float32, Names(arm)), new("action", DatasetType.Float32, Names(arm)),
            new("next.done", DatasetType.Bool, ["done"]),
        ], []);

    /// <summary>Takes what there is of a control period; more than a frame's is left out, and a frame that was missed has what came next.</summary>
    /// <param name="elapsed">Since the recording began.</param>
    /// <param name="told">The goals of this period, radians, in the bus's order.</param>
    /// <param name="were">Where the servos were before.</param>
    public void Take(TimeSpan elapsed, IReadOnlyList<double> told, IReadOnlyList<ServoState> were)
    {
        while (elapsed.TotalSeconds >= (double)states.Count / framesPerSecond)
        {
            states.Add(InUnits([.. were.Select(s => s.PositionRadians)]));
            goals.Add(InUnits(told));
        }
    }

    /// <param name="task">What it was, in plain words.</param>
    /// <returns>Null while there are fewer than two frames.</returns>
    public DatasetEpisode? Episode(string task, string version)
    {
        // What a frame's action is to bring about is told by the next one.
        var length = states.Count - 1;
        if (length < 1) return null;
        return new(length, task, new Dictionary<string, double[]>(StringComparer.Ordinal)
        {
            ["observation.state"] = [.. states.Take(length).SelectMany(row => row)],
            ["action"] = [.. goals.Skip(1).SelectMany(row => row)],
            ["next.done"] = [.. Enumerable.Range(1, length).Select(i => i == length ? 1.0 : 0)],
        }, [], new Dictionary<string, EpisodeFilm>(), new(0, "", "", "", arm.Name, "none: an arm led by hand", "none", version, 0, "led by hand", GoalMet: null, "none", "", "", null, null, null, null, 0, 1, "{}", "", HeldOut: false));
    }

    private static ImmutableArray<string> Names(SerialArmDescription arm) => [.. arm.Joints.Select(j => $"{j.Servo.Name}.rad"), .. arm.Gripper is { } jaw ? [$"{jaw.Servo.Name}.m"] : ImmutableArray<string>.Empty];

    private double[] InUnits(IReadOnlyList<double> radians) => [.. radians.Select((angle, i) => i < arm.Joints.Length ? angle : arm.Gripper!.WidthOf(angle))];
}
