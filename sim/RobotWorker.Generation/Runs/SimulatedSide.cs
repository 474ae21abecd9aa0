using System.Collections.Immutable;
using RobotWorker.Firmware.Arm;
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
    private readonly IRosConnection ros;

    /// <param name="world">The caller disposes it.</param>
    /// <param name="arm">The bus of servos that moves its arm; null: the simulated robot's own controllers do.</param>
    /// <param name="post">At wall pace, how another thread enters the episode's loop: the bus has one.</param>
    /// <param name="taught">Stands in the place of the camera beside such an arm; null: there is a camera.</param>
    /// <param name="board">Before the supply of such an arm; null: there is none.</param>
    public SimulatedSide(
        SimWorld world, RobotDescription robot, SceneInstance scene, InProcessGraph graph, ulong seed, string episode, SimulatedRobotOptions options, ImmutableArray<FaultDescription> faults,
        SerialArmDescription? arm = null, Action<Action>? post = null, TaughtArm? taught = null, BenchBoard? board = null)
    {
        ros = graph.Connect("robot");
        Robot = arm is null ? new SimulatedRobot(world, robot, scene, ros, graph.Time, seed, episode, options) : new SerialBench(world, robot, arm, graph, ros, seed, episode, options, post, taught, board);
        Truth = new(world);
        Injector = new(world, Truth, faults, seed);
        Robot.StepDone += () =>
        {
            Truth.Step();
            Injector.Step();
            graph.IsStalled = world.Impairment.LinkStalled;
        };
    }

    public IRobotNode Robot { get; }

    public TruthLog Truth { get; }

    public FaultInjector Injector { get; }

    public void Dispose()
    {
        Robot.Dispose();
        ros.Dispose();
    }
}
