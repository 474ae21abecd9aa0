using RobotWorker.Diagnostics;
using RobotWorker.Motion;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Sim;

/// <summary>The kitchen, its robot and its fault, from the files that ship.</summary>
internal static class Kitchen
{
    public static Workplace Workplace { get; } = Load();

    public static RobotModel RobotModel { get; } = Urdf.Parse(UrdfWriter.Write(Workplace.Robot), "porter", new DiagnosticBag())!;

    public static SimWorld World(ulong seed = 1) => new(SceneSampler.Sample(Workplace.Scene, seed), Workplace.Robot);

    public static FaultDescription ForceLoss()
    {
        var bag = new DiagnosticBag();
        var path = Repository.PathOf("sim/faults/gripper-force-loss.yaml");
        return FaultReader.Read(File.ReadAllText(path), path, bag, Workplace.Scene)?.Single() ?? throw new InvalidOperationException(string.Join('\n', bag.All));
    }

    private static Workplace Load()
    {
        var bag = new DiagnosticBag();
        return SceneLoader.Load(Repository.PathOf("sim/scenes/kitchen.yaml"), bag) ?? throw new InvalidOperationException(string.Join('\n', bag.All));
    }
}
