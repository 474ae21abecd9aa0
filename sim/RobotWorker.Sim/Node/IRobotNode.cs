using RobotWorker.Sim.Physics;
using RobotWorker.Time;

namespace RobotWorker.Sim.Node;

/// <summary>A simulated robot on the episode's loop: it lets its world's time pass once it is started, in control periods of 10 ms.</summary>
public interface IRobotNode : IDisposable
{
    /// <summary>After each physics step: for what must not miss a contact.</summary>
    event Action? StepDone;

    /// <summary>After each control period: the time reached and the world, for whoever logs the truth or streams the state.</summary>
    event Action<RobotTime, SimWorld>? PhysicsStepped;

    /// <summary>Simulated time reached. The robot's own clock, which stamps its messages, may be wrong.</summary>
    RobotTime Now { get; }

    /// <summary>Wall time that physics has taken, where a stopwatch was given.</summary>
    TimeSpan PhysicsTime { get; }

    /// <summary>Tells the robot's state of now and starts its control periods on the loop.</summary>
    void Start();
}
