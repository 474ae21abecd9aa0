using System.Collections.Immutable;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;

namespace RobotWorker.Generation.Runs;

/// <summary>The robot's half of an episode in simulation: the robot itself, what really happens, and the faults that are brought about by it.</summary>
internal sealed class SimulatedSide : IDisposable
{
    /// <param name="ros">The robot's own connection; the caller disposes it, as the world.</param>
    public SimulatedSide(
        SimWorld world, RobotDescription robot, SceneInstance scene, IRosConnection ros, TimeProvider time, ulong seed, string episode, SimulatedRobotOptions options,
        ImmutableArray<FaultDescription> faults)
    {
        Robot = new(world, robot, scene, ros, time, seed, episode, options);
        Truth = new(world);
        Injector = new(world, Truth, faults, seed);
        Robot.StepDone += () =>
        {
            Truth.Step();
            Injector.Step();
        };
    }

    public SimulatedRobot Robot { get; }

    public TruthLog Truth { get; }

    public FaultInjector Injector { get; }

    public void Dispose() => Robot.Dispose();
}
