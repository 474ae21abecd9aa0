using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Firmware.Arm;

/// <summary>What an arm's file says of its body: how far along the URDF's tree it reaches, and where it stands.</summary>
/// <param name="UrdfFile">Seen from the arm's file.</param>
/// <param name="Tool">The frame between the pads of its gripper, with z ahead (<c>tool0</c>).</param>
/// <param name="MapFromBase">Where the URDF's root stands in the map; metres.</param>
public sealed record SerialArmBody(string UrdfFile, string Tool, Pose MapFromBase);

/// <summary>An arm's body, with its URDF read: where its links and its tool are for the joints' positions.</summary>
public sealed record ArmBody(string Urdf, TransformTree Tree, string Tool, Pose MapFromBase)
{
    /// <summary>Reads the URDF of an arm whose file names one, and holds it against the arm.</summary>
    /// <param name="file">What to call the URDF in findings.</param>
    /// <returns>Null where the bag took an error.</returns>
    public static ArmBody? Read(SerialArmDescription arm, SerialArmBody body, string urdf, string file, DiagnosticBag bag)
    {
        if (RobotWorker.Motion.Urdf.Parse(urdf, file, bag) is not { } model) return null;
        var place = new Place(file, 1, 1);
        var unknown = arm.Servos.Where(servo => model.Joint(servo.Name) is not { Moves: true }).ToList();
        foreach (var servo in unknown)
            bag.Error(Codes.UrdfUnknownName, place, $"no joint of it moves that is called '{servo.Name}', as a servo of '{arm.Name}' is", Nearest.Help(servo.Name, [.. model.Joints.Where(j => j.Moves).Select(j => j.Name)]));
        if (!model.HasLink(body.Tool)) bag.Error(Codes.UrdfUnknownName, place, $"it has no link '{body.Tool}', the tool of '{arm.Name}'", Nearest.Help(body.Tool, [.. model.Links.Select(l => l.Name)]));
        return unknown.Count > 0 || !model.HasLink(body.Tool) ? null : new(urdf, new(model), body.Tool, body.MapFromBase);
    }

    /// <summary>The tool's frame in the map, for joint positions given by name (radians, metres).</summary>
    public Pose ToolInMap(Func<string, double> position) => MapFromBase * Tree.InBase(Tool, position)!.Value;
}
